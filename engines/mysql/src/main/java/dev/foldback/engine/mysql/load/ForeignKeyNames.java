package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;

/** Whether an earlier run of this restore already gave a table its foreign keys. */
final class ForeignKeyNames {
  private ForeignKeyNames() {}

  static boolean exist(Db db, TableName table) {
    try {
      return !db.value(
              "SELECT COUNT(*) FROM information_schema.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA="
                  + Sql.text(table.schema())
                  + " AND TABLE_NAME="
                  + Sql.text(table.table())
                  + " AND CONSTRAINT_TYPE='FOREIGN KEY'")
          .equals("0");
    } catch (SQLException e) {
      return false;
    }
  }
}
