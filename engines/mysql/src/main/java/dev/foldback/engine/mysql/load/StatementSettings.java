package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of a session that decide what a statement of the log makes, beside those of {@link
 * ProgramSession}: as the log has them, or else the source's own. A session's own {@code
 * default_storage_engine} and {@code old_mode} are in no log; a replica does not know them either.
 */
final class StatementSettings {
  private static final String COLLATIONS = "character_set_collations";
  private static final String EXPLICIT = "explicit_defaults_for_timestamp";

  /** What the log has only where it is not this. */
  private static final Map<String, String> LOGGED =
      Map.of(
          "auto_increment_increment",
          "1",
          "auto_increment_offset",
          "1",
          "lc_time_names",
          "0",
          COLLATIONS,
          "");

  private final ServerInfo source;

  StatementSettings(ServerInfo source) {
    this.source = source;
  }

  /** What runs under the settings. */
  interface Work {
    void run() throws SQLException;
  }

  /** Runs the work, and sets everything back. */
  void with(Db db, LoggedStatement statement, Work work) throws SQLException {
    Map<String, String> wanted = wanted(statement);
    Map<String, String> before = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, String> one : now(db, wanted.keySet()).entrySet()) {
        String name = one.getKey();
        String value = named(db, name, wanted.getOrDefault(name, ""));
        if (!same(one.getValue(), value)) {
          set(db, name, value(value));
          before.put(name, one.getValue());
        }
      }
      work.run();
    } finally {
      for (Map.Entry<String, String> one : before.entrySet()) {
        set(db, one.getKey(), value(one.getValue()));
      }
    }
  }

  /** What the server has of these, and knows. */
  private static Map<String, String> now(Db db, Set<String> names) throws SQLException {
    String all = names.stream().map(Sql::text).collect(Collectors.joining(", "));
    Map<String, String> now = new LinkedHashMap<>();
    db.rows("SHOW SESSION VARIABLES WHERE Variable_name IN (" + all + ")")
        .forEach(row -> now.put(row.get(0), row.get(1)));
    return now;
  }

  private Map<String, String> wanted(LoggedStatement statement) {
    Map<String, String> logged = statement.context();
    Map<String, String> wanted = new LinkedHashMap<>();
    LOGGED.forEach((name, usual) -> wanted.put(name, logged.getOrDefault(name, usual)));
    for (String name :
        List.of("collation_server", "default_collation_for_utf8mb4", "sql_if_exists")) {
      if (logged.containsKey(name)) {
        wanted.put(name, logged.get(name));
      }
    }
    for (String name : List.of("default_storage_engine", "old_mode", EXPLICIT)) {
      if (source.settings().containsKey(name)) {
        wanted.put(name, source.settings().get(name));
      }
    }
    if (logged.containsKey(EXPLICIT) && keepsExplicitDefaults()) {
      wanted.put(EXPLICIT, logged.get(EXPLICIT));
    }
    return wanted;
  }

  /** MariaDB's log has it since 10.10. */
  private boolean keepsExplicitDefaults() {
    return !source.family().equals("mariadb") || !source.version().matches("10\\.\\d\\b.*");
  }

  /** What the log has as a number, as the server shows it: setting it anew may take a right. */
  private static String named(Db db, String name, String logged) throws SQLException {
    if (name.equals(COLLATIONS)) {
      return collations(db, logged);
    }
    if (!name.contains("collation") || !isNumber(logged)) {
      return logged;
    }
    String known =
        db.value("SELECT COLLATION_NAME FROM information_schema.COLLATIONS WHERE ID=" + logged);
    return known.isEmpty() ? logged : known;
  }

  private static String value(String text) {
    return isNumber(text) ? text : Sql.text(text);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }

  private static boolean same(String shown, String wanted) {
    String said = shown.equals("ON") ? "1" : shown.equals("OFF") ? "0" : shown;
    return shown.equalsIgnoreCase(wanted) || said.equals(wanted);
  }

  /** Numbers of collations as the names that the server wants. */
  private static String collations(Db db, String numbers) throws SQLException {
    if (numbers.isEmpty()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (List<String> row :
        db.rows(
            "SELECT CHARACTER_SET_NAME, FULL_COLLATION_NAME FROM"
                + " information_schema.COLLATION_CHARACTER_SET_APPLICABILITY WHERE ID IN ("
                + numbers
                + ")")) {
      pairs.add(row.getFirst() + "=" + row.get(1));
    }
    return pairs.stream().collect(Collectors.joining(","));
  }

  private static void set(Db db, String name, String value) throws SQLException {
    db.run("SET SESSION " + name + "=" + value);
  }
}
