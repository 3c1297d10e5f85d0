package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MySQL's general tablespaces: all of them, or those that selected tables live in. */
final class Tablespaces {
  private static final int ACCESS_DENIED = 1227;

  private Tablespaces() {}

  static List<SchemaObject> read(Reading reading, Collection<SchemaObject> tables)
      throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    if (!reading.flavor().mySqlAtLeast(8, 0, 0)) {
      return objects;
    }
    try {
      reading.each(
          "select t.name, f.file_name, t.zip_page_size, t.encryption, "
              + (reading.flavor().mySqlAtLeast(8, 0, 23)
                  ? "t.autoextend_size, e.engine_attribute"
                  : "0, null")
              + " from information_schema.innodb_tablespaces t join information_schema.files f"
              + " on f.file_id = t.space"
              + (reading.flavor().mySqlAtLeast(8, 0, 23)
                  ? " left join information_schema.tablespaces_extensions e"
                      + " on e.tablespace_name = t.name"
                  : "")
              + " where t.space_type = 'General' and t.name <> 'mysql'"
              + " order by t.name",
          row -> {
            String name = row.getString(1);
            if (reading.selection().isEverything() || isUsed(name, tables)) {
              objects.add(
                  new SchemaObject(
                      "tablespace",
                      "",
                      name,
                      definition(
                          name,
                          row.getString(2),
                          row.getLong(3),
                          "Y".equals(row.getString(4)),
                          row.getLong(5),
                          row.getString(6)),
                      Map.of()));
            }
          });
    } catch (SQLException e) {
      if (e.getErrorCode() != ACCESS_DENIED) {
        throw e;
      }
      denied(reading, tables);
    }
    return objects;
  }

  private static boolean isUsed(String tablespace, Collection<SchemaObject> tables) {
    String clause = "TABLESPACE " + Sql.name(tablespace);
    return tables.stream().anyMatch(t -> SqlText.holds(t.definition(), clause));
  }

  private static void denied(Reading reading, Collection<SchemaObject> tables) {
    for (SchemaObject table : tables) {
      String clause = "TABLESPACE `";
      if (SqlText.holds(table.definition(), clause)
          && !SqlText.holds(table.definition(), clause + "innodb_")) {
        reading.add(
            Finding.error(
                "privilege-missing",
                table.label(),
                "lives in a general tablespace, whose definition this account may not see; the"
                    + " backup would lack it",
                "GRANT PROCESS ON *.* TO " + reading.account() + ";"));
        return;
      }
    }
  }

  private static String definition(
      String name,
      String file,
      long blockSize,
      boolean encrypted,
      long autoextend,
      @Nullable String attribute) {
    StringBuilder sql = new StringBuilder("CREATE TABLESPACE ").append(Sql.name(name));
    sql.append(" ADD DATAFILE ").append(Sql.text(file.startsWith("./") ? file.substring(2) : file));
    if (blockSize > 0) {
      sql.append(" FILE_BLOCK_SIZE = ").append(blockSize);
    }
    if (autoextend > 0) {
      sql.append(" AUTOEXTEND_SIZE = ").append(autoextend);
    }
    if (encrypted) {
      sql.append(" ENCRYPTION = 'Y'");
    }
    sql.append(" ENGINE = InnoDB");
    return attribute == null
        ? sql.toString()
        : sql.append(" ENGINE_ATTRIBUTE = '")
            .append(attribute.replace("\\", "\\\\").replace("'", "''"))
            .append("'")
            .toString();
  }
}
