package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the account may not see does not exist for it: information_schema leaves it out without a
 * word. So the rights themselves are looked at.
 */
final class Rights {
  /** Without one of these, tables, views' definitions, triggers or events go missing. */
  private static final List<String> NEEDED = List.of("SELECT", "SHOW VIEW", "TRIGGER", "EVENT");

  /** A name that only a pattern for whole schemas covers. */
  private static final String ANY = "\u0001any";

  private final Reading reading;
  private final Privileges privileges;

  private Rights(Reading reading, Privileges privileges) {
    this.reading = reading;
    this.privileges = privileges;
  }

  static Rights check(Reading reading) throws SQLException {
    Privileges privileges = new Privileges(reading.list("show grants", row -> row.getString(1)));
    Rights rights = new Rights(reading, privileges);
    if (reading.selection().include().isEmpty()) {
      rights.wholeServer();
    } else {
      rights.seesSchemas();
    }
    for (String schema : reading.schemas()) {
      rights.schema(schema);
    }
    return rights;
  }

  private void wholeServer() {
    List<String> missing = new ArrayList<>();
    for (String right : NEEDED) {
      if (!privileges.global(right)) {
        missing.add(right);
      }
    }
    if (!seesRoutines("")) {
      missing.add(routineRight());
    }
    if (!missing.isEmpty()) {
      missing("the server", missing, "*.*");
    }
  }

  /** A pattern for several schemas finds only those that the account sees. */
  private void seesSchemas() {
    boolean pattern =
        reading.selection().include().stream()
            .anyMatch(p -> Selection.parts(p).getFirst().contains("*"));
    if (pattern && !privileges.global("SHOW DATABASES") && !privileges.global("SELECT")) {
      reading.add(
          Finding.warning(
              "privilege-missing",
              "the server",
              "shows this account only the schemas that it has rights on; others that the pattern"
                  + " names are not in the backup",
              "GRANT SHOW DATABASES ON *.* TO " + reading.account() + ";"));
    }
  }

  private void schema(String schema) {
    boolean all = reading.selection().contains(new TableName(schema, ANY));
    List<String> missing = new ArrayList<>();
    for (String right : NEEDED) {
      // What is missing everywhere was said once.
      boolean said = reading.selection().include().isEmpty() && !privileges.global(right);
      if (all && !said && !privileges.on(schema, right)) {
        missing.add(right);
      }
    }
    if (!missing.isEmpty()) {
      missing(schema, missing, Sql.name(schema) + ".*");
    }
    if (all && !reading.selection().include().isEmpty() && !seesRoutines(schema)) {
      missing(schema, List.of(routineRight()), routineLevel());
    }
  }

  /** Single tables and views are seen or not; their triggers and texts need rights of their own. */
  void tables(Collection<TableName> tables, Collection<TableName> views) {
    tables.forEach(table -> table(table, List.of("SELECT", "TRIGGER")));
    views.forEach(view -> table(view, List.of("SELECT", "SHOW VIEW")));
    for (String include : reading.selection().include()) {
      List<String> parts = Selection.parts(include);
      String schema = parts.getFirst();
      String table = parts.size() == 2 ? parts.getLast() : ANY;
      if (schema.contains("*") || privileges.on(schema, "SELECT")) {
        continue;
      }
      if (parts.size() == 1 && !reading.schemas().contains(schema)) {
        unseen(schema, Sql.name(schema) + ".*", String.join(", ", NEEDED));
        if (!seesRoutines(schema)) {
          missing(schema, List.of(routineRight()), routineLevel());
        }
      } else if (table.contains("*")) {
        partly(include, schema);
      } else if (parts.size() == 2 && !privileges.on(schema, table, "SELECT")) {
        unseen(include, Sql.name(schema, table), "SELECT, SHOW VIEW, TRIGGER");
      }
    }
  }

  private void table(TableName name, List<String> needed) {
    if (reading.selection().contains(new TableName(name.schema(), ANY))) {
      return;
    }
    List<String> missing =
        needed.stream().filter(r -> !privileges.on(name.schema(), name.table(), r)).toList();
    if (!missing.isEmpty()) {
      missing(name.toString(), missing, Sql.name(name.schema(), name.table()));
    }
  }

  private void unseen(String subject, String level, String rights) {
    reading.add(
        Finding.error(
            "privilege-missing",
            subject,
            "is not there, or the account " + reading.account() + " may not see it",
            "GRANT " + rights + " ON " + level + " TO " + reading.account() + ";"));
  }

  private void partly(String pattern, String schema) {
    reading.add(
        Finding.warning(
            "privilege-missing",
            pattern,
            "only those that the account "
                + reading.account()
                + " has rights on are seen; others"
                + " that the pattern names are not in the backup",
            "GRANT "
                + String.join(", ", NEEDED)
                + " ON "
                + Sql.name(schema)
                + ".* TO "
                + reading.account()
                + ";"));
  }

  private boolean seesRoutines(String schema) {
    if (privileges.global("SELECT")) {
      return true;
    }
    if (reading.flavor().mariaDb()) {
      return privileges.on("mysql", "proc", "SELECT")
          || privileges.global("SHOW CREATE ROUTINE")
          || privileges.on(schema, "SHOW CREATE ROUTINE");
    }
    return privileges.global("SHOW_ROUTINE");
  }

  private String routineRight() {
    if (reading.flavor().mariaDb()) {
      return reading.flavor().mariaDbAtLeast(11, 3, 0) ? "SHOW CREATE ROUTINE" : "SELECT";
    }
    return reading.flavor().mySqlAtLeast(8, 0, 20) ? "SHOW_ROUTINE" : "SELECT";
  }

  private String routineLevel() {
    boolean proc = reading.flavor().mariaDb() && !reading.flavor().mariaDbAtLeast(11, 3, 0);
    return proc ? "`mysql`.`proc`" : "*.*";
  }

  private void missing(String subject, List<String> rights, String level) {
    String list = String.join(", ", rights);
    reading.add(
        Finding.error(
            "privilege-missing",
            subject,
            "the account "
                + reading.account()
                + " lacks "
                + list
                + "; what it may not see would be missing from the backup without a word",
            "GRANT " + list + " ON " + level + " TO " + reading.account() + ";"));
  }
}
