package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Accounts.Account;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** MariaDB's accounts: roles are names without a host, PUBLIC among them. */
final class MariaDbAccounts {
  private static final String PUBLIC = "PUBLIC";

  private final Reading reading;
  private final List<SchemaObject> users = new ArrayList<>();
  private final List<SchemaObject> roles = new ArrayList<>();
  private final List<SchemaObject> grants = new ArrayList<>();
  private final List<SchemaObject> roleGrants = new ArrayList<>();
  private final Map<String, List<String>> members = new LinkedHashMap<>();

  MariaDbAccounts(Reading reading) {
    this.reading = reading;
  }

  Accounts read() throws SQLException {
    roleGrants();
    List<Account> all = new ArrayList<>();
    Map<Account, String> defaults = new LinkedHashMap<>();
    reading.each(
        "select user, host, coalesce(json_value(priv, '$.is_role'), 0) in ('1', 'true'),"
            + " json_value(priv, '$.default_role') from mysql.global_priv order by user, host",
        row -> {
          Account account = new Account(row.getString(1), row.getString(2), row.getBoolean(3));
          if (!account.label().equals("mariadb.sys@localhost")) {
            all.add(account);
            @Nullable String role = row.getString(4);
            if (role != null) {
              defaults.put(account, role);
            }
          }
        });
    for (Account account : all) {
      Accounts.attempt(reading, account, () -> account(account));
    }
    grants.addAll(roleGrants);
    roles.forEach(this::leaveRole);
    defaults.forEach(
        (account, role) ->
            grants.add(
                account.object(
                    "default_role",
                    "SET DEFAULT ROLE "
                        + (role.isEmpty() ? "NONE" : Sql.name(role))
                        + " FOR "
                        + account.quoted())));
    List<SchemaObject> accounts = new ArrayList<>(users);
    accounts.addAll(roles);
    return new Accounts(accounts, grants);
  }

  /** From the table, since SHOW GRANTS of a role lists the grants of inner roles too. */
  private void roleGrants() throws SQLException {
    reading.each(
        "select user, host, role, admin_option from mysql.roles_mapping order by role, user, host",
        row -> {
          String user = row.getString(1);
          String host = row.getString(2);
          Account to = new Account(user, host, host.isEmpty());
          String role = row.getString(3);
          members.computeIfAbsent(role, r -> new ArrayList<>()).add(to.label());
          roleGrants.add(
              to.object(
                  "grant",
                  "GRANT "
                      + Sql.name(role)
                      + " TO "
                      + to.quoted()
                      + ("Y".equals(row.getString(4)) ? " WITH ADMIN OPTION" : "")));
        });
  }

  /**
   * Who creates a role becomes its administrator, and must be one to grant it. Afterwards whoever
   * was not a member on the source has to leave.
   */
  private void leaveRole(SchemaObject role) {
    grants.add(
        new SchemaObject(
            "grant",
            "",
            role.name(),
            "REVOKE " + Sql.name(role.name()) + " FROM CURRENT_USER",
            Map.of(
                Context.UNLESS_ACCOUNT,
                String.join("\n", members.getOrDefault(role.name(), List.of())))));
  }

  private boolean account(Account account) throws SQLException {
    if (account.role() && account.user().equals(PUBLIC)) {
      if (reading.flavor().mariaDbAtLeast(10, 11, 0)) {
        for (String line : Accounts.shownGrants(reading, PUBLIC)) {
          grants.add(account.object("grant", line));
        }
      }
      return true;
    }
    List<Text> texts = List.of();
    if (account.role()) {
      roles.add(account.object("role", "CREATE ROLE " + account.quoted()));
    } else {
      @Nullable String create =
          reading.show("show create user " + account.quoted()).values().iterator().next();
      texts = texts(account);
      if (create != null) {
        users.add(account.object("user", escaped(create, texts)));
      }
    }
    String nothing = "GRANT USAGE ON *.* TO " + account.quoted();
    for (String line : Accounts.shownGrants(reading, account.quoted())) {
      String grant = withoutAuthentication(escaped(line, texts), account.quoted());
      if (!grant.isEmpty() && !grant.equals(nothing)) {
        // Before 11.4 only this mode knows packages.
        Map<String, String> mode =
            SqlText.holds(grant, " ON PACKAGE ")
                ? Map.of(Context.SQL_MODE, "ORACLE")
                : Map.<String, String>of();
        grants.add(account.object("grant", grant, mode));
      }
    }
    return true;
  }

  /** A text of an account, and the word that the server prints before it. */
  private record Text(String word, @Nullable String value) {}

  private List<Text> texts(Account account) throws SQLException {
    List<Text> texts = new ArrayList<>();
    reading.each(
        "select json_value(priv, '$.x509_subject'), json_value(priv, '$.x509_issuer'),"
            + " json_value(priv, '$.ssl_cipher'), json_value(priv, '$.authentication_string'),"
            + " json_value(priv, '$.auth_or[0].authentication_string'),"
            + " json_value(priv, '$.auth_or[1].authentication_string'),"
            + " json_value(priv, '$.auth_or[2].authentication_string') from mysql.global_priv"
            + " where "
            + account.condition(),
        row -> {
          List<String> words =
              List.of("SUBJECT", "ISSUER", "CIPHER", "USING", "USING", "USING", "USING");
          for (int i = 0; i < words.size(); i++) {
            texts.add(new Text(words.get(i), row.getString(i + 1)));
          }
        });
    return texts;
  }

  private static String escaped(String sql, List<Text> texts) {
    String escaped = sql;
    for (Text text : texts) {
      escaped = Accounts.withEscaped(escaped, text.word(), text.value());
    }
    return escaped;
  }

  /**
   * A global grant repeats password, TLS and limits, which would undo an expired password. Empty
   * where the grant is another account's: SHOW GRANTS of a role lists those of its inner roles.
   */
  static String withoutAuthentication(String grant, String quoted) {
    if (grant.startsWith("GRANT PROXY ")) {
      return grant;
    }
    OptionalInt to = SqlText.find(grant, " TO ", 0);
    if (to.isEmpty() || !grant.startsWith(quoted, to.getAsInt() + 4)) {
      return "";
    }
    int end = to.getAsInt() + 4 + quoted.length();
    String rest = grant.substring(end);
    if (!rest.isEmpty() && !rest.startsWith(" ")) {
      return "";
    }
    boolean option = SqlText.find(rest, "GRANT OPTION", 0).isPresent();
    return grant.substring(0, end) + (option ? " WITH GRANT OPTION" : "");
  }
}
