package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rights that the restore will need, for accounts that hold them globally. An account with rights
 * on single schemas is not judged: the server tells then, table by table.
 */
final class RightsCheck {
  private final Db db;
  private final Flavor flavor;

  RightsCheck(Db db, Flavor flavor) {
    this.db = db;
    this.flavor = flavor;
  }

  List<Finding> missing(List<SchemaObject> objects) throws SQLException {
    Set<String> has = new LinkedHashSet<>();
    String account = db.value("SELECT CURRENT_USER()");
    String grantee = " WHERE GRANTEE=" + Sql.text(quoted(account));
    for (String right :
        db.column("SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES" + grantee)) {
      has.add(right.toUpperCase(Locale.ROOT));
    }
    if (!elsewhere(" FROM information_schema.SCHEMA_PRIVILEGES" + grantee).isEmpty()) {
      return List.of();
    }
    Set<String> wanted = wanted(objects);
    wanted.removeAll(has);
    if (flavor.mariaDb() && has.contains("SUPER")) {
      wanted.remove("SET USER");
    }
    List<Finding> findings = new ArrayList<>();
    if (!wanted.isEmpty()) {
      findings.add(
          Finding.error(
              "privilege-missing",
              "user " + account,
              "lacks what this restore needs on the target: " + String.join(", ", wanted),
              "GRANT " + String.join(", ", wanted) + " ON *.* TO " + quoted(account) + ";"));
    }
    return findings;
  }

  /** Rights on schemas or through roles, which the global list does not show. */
  private List<String> elsewhere(String from) throws SQLException {
    List<String> found = new ArrayList<>(db.column("SELECT TABLE_SCHEMA" + from + " LIMIT 1"));
    String role = db.value("SELECT CURRENT_ROLE()");
    if (!role.isEmpty() && !role.equals("NONE")) {
      found.add(role);
    }
    return found;
  }

  private static Set<String> wanted(List<SchemaObject> objects) {
    Set<String> wanted = new LinkedHashSet<>();
    for (SchemaObject object : objects) {
      switch (object.kind()) {
        case "table", "sequence" ->
            wanted.addAll(
                List.of(
                    "SELECT",
                    "INSERT",
                    "UPDATE",
                    "CREATE",
                    "DROP",
                    "ALTER",
                    "INDEX",
                    "REFERENCES"));
        case "view" -> wanted.addAll(List.of("CREATE VIEW", "SHOW VIEW"));
        case "function", "procedure", "package", "package body" ->
            wanted.addAll(List.of("CREATE ROUTINE", "ALTER ROUTINE"));
        case "trigger" -> wanted.add("TRIGGER");
        case "event" -> wanted.add("EVENT");
        case "user", "role" -> wanted.add("CREATE USER");
        case "tablespace" -> wanted.add("CREATE TABLESPACE");
        default -> {}
      }
    }
    return wanted;
  }

  private static String quoted(String account) {
    int at = account.lastIndexOf('@');
    return at < 0
        ? account
        : Kind.quote(account.substring(0, at)) + "@" + Kind.quote(account.substring(at + 1));
  }
}
