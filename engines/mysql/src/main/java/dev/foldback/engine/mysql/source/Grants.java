package dev.foldback.engine.mysql.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the account may do, as SHOW GRANTS tells: rights on everything, and rights on a schema.
 * Rights on single tables are not looked at.
 *
 * @param account as GRANT takes it
 * @param global in upper case
 * @param schemas by the pattern that the right was granted on
 */
record Grants(String account, Set<String> global, Map<String, Set<String>> schemas) {
  private static final Pattern GRANT =
      Pattern.compile("(?s)GRANT (.+?) ON (\\*|`(?:[^`]|``)*`|\\S+?)\\.\\* TO .*");

  static Grants read(Connection connection) throws SQLException {
    String roles = Queries.one(connection, "select current_role()");
    boolean mySqlRoles = roles.startsWith("`");
    List<String> lines =
        Queries.rows(
                connection,
                mySqlRoles ? "show grants for current_user() using " + roles : "show grants")
            .stream()
            .map(row -> String.valueOf(row.values().iterator().next()))
            .toList();
    return parse(Queries.one(connection, "select current_user()"), lines);
  }

  static Grants parse(String currentUser, List<String> lines) {
    Set<String> global = new HashSet<>();
    Map<String, Set<String>> schemas = new HashMap<>();
    for (String line : lines) {
      Matcher grant = GRANT.matcher(line);
      if (grant.matches()) {
        Set<String> rights = rights(grant.group(1));
        String on = grant.group(2);
        if (on.equals("*")) {
          global.addAll(rights);
        } else {
          schemas.computeIfAbsent(unquoted(on), s -> new HashSet<>()).addAll(rights);
        }
      }
    }
    return new Grants(quoted(currentUser), global, schemas);
  }

  private static Set<String> rights(String list) {
    Set<String> rights = new HashSet<>();
    for (String right : list.split(",", -1)) {
      rights.add(right.strip().toUpperCase(Locale.ROOT));
    }
    return rights;
  }

  private static String unquoted(String name) {
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  private static String quoted(String currentUser) {
    int at = currentUser.lastIndexOf('@');
    return "'"
        + currentUser.substring(0, Math.max(at, 0)).replace("'", "''")
        + "'@'"
        + currentUser.substring(at + 1).replace("'", "''")
        + "'";
  }

  /** Whether one of these rights is there for the whole server. */
  boolean has(String... anyOf) {
    if (global.contains("ALL PRIVILEGES")) {
      return true;
    }
    for (String right : anyOf) {
      if (global.contains(right)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the right is there for the schema or the whole server. */
  boolean hasOn(String schema, String right) {
    return has(right)
        || schemas.entrySet().stream()
            .filter(e -> like(e.getKey()).matcher(schema).matches())
            .anyMatch(e -> e.getValue().contains(right) || e.getValue().contains("ALL PRIVILEGES"));
  }

  /** Schemas in grants are LIKE patterns. */
  private static Pattern like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }
}
