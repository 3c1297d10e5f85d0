package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rights on single routines, which go with a routine that is dropped. */
final class RoutineGrants {
  /** Of objects that hold such a right. */
  static final String KIND = "routine grant";

  private static final String ROUTINE = "routine";
  private static final String TYPE = "type";

  private RoutineGrants() {}

  /**
   * Those on the given routines.
   *
   * @param routines functions and procedures; others are passed over
   */
  static List<SchemaObject> read(Db db, List<SchemaObject> routines) throws SQLException {
    List<SchemaObject> grants = new ArrayList<>();
    for (SchemaObject routine : routines) {
      String type = routine.kind().toUpperCase(Locale.ROOT);
      if (!type.equals("FUNCTION") && !type.equals("PROCEDURE")) {
        continue;
      }
      for (List<String> row :
          db.rows(
              "SELECT User, Host, Proc_priv FROM mysql.procs_priv WHERE Db="
                  + Sql.text(routine.schema())
                  + " AND Routine_name="
                  + Sql.text(routine.name())
                  + " AND Routine_type='"
                  + type
                  + "'")) {
        grants.add(grant(routine, type, row));
      }
    }
    return grants;
  }

  private static SchemaObject grant(SchemaObject routine, String type, List<String> row) {
    List<String> rights = new ArrayList<>(List.of(row.get(2).split(",", -1)));
    boolean option = rights.remove("Grant");
    rights.remove("");
    String account =
        row.get(1).isEmpty()
            ? Kind.quote(row.get(0))
            : Kind.quote(row.get(0)) + "@" + Kind.quote(row.get(1));
    String sql =
        "GRANT "
            + (rights.isEmpty() ? "USAGE" : String.join(", ", rights).toUpperCase(Locale.ROOT))
            + " ON "
            + type
            + " "
            + Sql.name(routine.schema(), routine.name())
            + " TO "
            + account
            + (option ? " WITH GRANT OPTION" : "");
    return new SchemaObject(
        KIND,
        routine.schema(),
        routine.name() + " to " + account,
        sql,
        Map.of(ROUTINE, routine.name(), TYPE, routine.kind()));
  }

  /** The routine that a right is on. */
  static SchemaObject routine(SchemaObject grant) {
    return new SchemaObject(
        grant.context().getOrDefault(TYPE, ""),
        grant.schema(),
        grant.context().getOrDefault(ROUTINE, ""),
        "",
        Map.of());
  }
}
