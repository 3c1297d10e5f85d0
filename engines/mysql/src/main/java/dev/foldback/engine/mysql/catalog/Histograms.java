package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MySQL's column histograms, which its own dump tool writes down as bucket counts only. */
final class Histograms {
  private Histograms() {}

  static List<SchemaObject> read(Reading reading) throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    if (!reading.flavor().mySqlAtLeast(8, 0, 0)) {
      return objects;
    }
    boolean usingData = reading.flavor().mySqlAtLeast(8, 0, 31);
    reading.eachInSchemas(
        "select schema_name, table_name, column_name, histogram,"
            + " histogram->>'$.\"number-of-buckets-specified\"',"
            + " coalesce(histogram->>'$.\"auto-update\"', 'false')"
            + " from information_schema.column_statistics where %s"
            + " order by schema_name, table_name, column_name",
        "schema_name",
        row -> {
          String schema = row.getString(1);
          String table = row.getString(2);
          if (!reading.selected(schema, table)) {
            return;
          }
          Map<String, String> context = new LinkedHashMap<>();
          context.put(Context.TABLE, table);
          context.put(Context.COLUMN, row.getString(3));
          context.put(Context.DATA, row.getString(4));
          @Nullable String buckets = row.getString(5);
          context.put(Context.BUCKETS, buckets == null ? "100" : buckets);
          context.put(Context.AUTO_UPDATE, row.getString(6).equals("true") ? "yes" : "no");
          objects.add(
              new SchemaObject(
                  "histogram",
                  schema,
                  table + "." + row.getString(3),
                  definition(schema, context, usingData),
                  context));
        });
    return objects;
  }

  private static String definition(String schema, Map<String, String> context, boolean usingData) {
    String head =
        "ANALYZE TABLE "
            + Sql.name(schema, context.getOrDefault(Context.TABLE, ""))
            + " UPDATE HISTOGRAM ON "
            + Sql.name(context.getOrDefault(Context.COLUMN, ""));
    if (!usingData) {
      return head + " WITH " + context.get(Context.BUCKETS) + " BUCKETS";
    }
    // The grammar takes a plain literal only; Foldback's sessions read backslashes as escapes.
    String data = context.getOrDefault(Context.DATA, "");
    return head + " USING DATA '" + data.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
