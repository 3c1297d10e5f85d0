package dev.foldback.testkit.server;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users, roles and grants, but for those that every new server has. */
final class Accounts {
  private static final String FOREIGN =
      " not in ('root', 'mariadb.sys', 'PUBLIC', 'mysql.sys', 'mysql.session',"
          + " 'mysql.infoschema', '"
          + TestServer.USER
          + "')";
  private static final Pattern VOLATILE =
      Pattern.compile("\"(?:password_last_changed|version_id)\":\\s*\\d+,?\\s*");

  private Accounts() {}

  static Bag of(Side side) throws SQLException {
    Bag bag = new Bag();
    if (side.mariaDb()) {
      mariaDb(side, bag);
    } else {
      mySql(side, bag);
    }
    return bag;
  }

  private static void mySql(Side side, Bag bag) throws SQLException {
    for (List<@Nullable String> row :
        side.all("select user, host from mysql.user where user" + FOREIGN)) {
      String account = account(row);
      addAll(side, bag, account, "show create user " + account);
      addAll(side, bag, account, "show grants for " + account);
    }
    for (String table : List.of("role_edges", "default_roles", "password_history")) {
      String who = table.equals("role_edges") ? "to_user" : "user";
      String columns = table.equals("password_history") ? "host, user, password" : "*";
      addAll(
          side,
          bag,
          table,
          "select " + columns + " from mysql." + table + " where " + who + FOREIGN);
    }
  }

  private static void mariaDb(Side side, Bag bag) throws SQLException {
    for (List<@Nullable String> row :
        side.all(
            "select user, host, json_value(priv, '$.is_role') from mysql.global_priv where user"
                + FOREIGN)) {
      boolean role = row.get(2) != null;
      String account = role ? Side.text(String.valueOf(row.getFirst())) : account(row);
      if (!role) {
        addAll(side, bag, account, "show create user " + account);
      }
      addAll(side, bag, account, "show grants for " + account);
    }
    side.query(
        "select host, user, priv from mysql.global_priv where user" + FOREIGN,
        (names, values) ->
            bag.add("global_priv " + VOLATILE.matcher(values.toString()).replaceAll("")));
    addAll(side, bag, "roles_mapping", "select * from mysql.roles_mapping where user" + FOREIGN);
    if (!side.column("select user from mysql.global_priv where user = 'PUBLIC'").isEmpty()) {
      addAll(side, bag, "public", "show grants for public");
    }
  }

  private static String account(List<@Nullable String> row) {
    return Side.text(String.valueOf(row.get(0))) + "@" + Side.text(String.valueOf(row.get(1)));
  }

  private static void addAll(Side side, Bag bag, String what, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    side.query(sql, (names, values) -> lines.add(what + " " + values));
    lines.forEach(bag::add);
  }
}
