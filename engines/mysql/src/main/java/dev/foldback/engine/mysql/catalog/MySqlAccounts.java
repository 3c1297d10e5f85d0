package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Accounts.Account;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MySQL's accounts: a role is an account that is locked, expired and has no password. */
final class MySqlAccounts {
  private static final Set<String> INTERNAL =
      Set.of("mysql.sys", "mysql.session", "mysql.infoschema");

  private final Reading reading;
  private final List<SchemaObject> accounts = new ArrayList<>();
  private final List<SchemaObject> grants = new ArrayList<>();

  MySqlAccounts(Reading reading) {
    this.reading = reading;
  }

  Accounts read() throws SQLException {
    List<Account> all =
        reading.list(
            "select user, host, account_locked = 'Y' and password_expired = 'Y'"
                + " and authentication_string = '' from mysql.user order by user, host",
            row -> new Account(row.getString(1), row.getString(2), row.getBoolean(3)));
    for (Account account : all) {
      if (!INTERNAL.contains(account.user()) || !account.host().equals("localhost")) {
        Accounts.attempt(reading, account, () -> account(account));
      }
    }
    roleGrants();
    defaultRoles();
    secondPasswords();
    return new Accounts(accounts, grants);
  }

  private boolean account(Account account) throws SQLException {
    // The only column is named after the account.
    @Nullable String create =
        reading.show("show create user " + account.quoted()).values().iterator().next();
    if (create != null) {
      String text = withAttribute(withRequired(withoutDefaultRoles(create), account), account);
      accounts.add(account.object(account.role() ? "role" : "user", text));
    }
    String nothing = "GRANT USAGE ON *.* TO " + account.quoted();
    for (String line : Accounts.shownGrants(reading, account.quoted())) {
      if (!line.equals(nothing)) {
        grants.add(account.object("grant", line));
      }
    }
    return true;
  }

  /** SHOW CREATE USER prints what a certificate must hold as it is. */
  private String withRequired(String create, Account account) throws SQLException {
    Map<String, @Nullable String> row =
        reading.show(
            "select x509_subject as SUBJECT, x509_issuer as ISSUER, ssl_cipher as CIPHER"
                + " from mysql.user where "
                + account.condition());
    String text = create;
    for (Map.Entry<String, @Nullable String> part : row.entrySet()) {
      text = Accounts.withEscaped(text, part.getKey(), part.getValue());
    }
    return text;
  }

  /** SHOW CREATE USER prints it in a character set that lacks some of its characters. */
  private String withAttribute(String create, Account account) throws SQLException {
    OptionalInt start = SqlText.find(create, " ATTRIBUTE '", 0);
    if (start.isEmpty()) {
      return create;
    }
    @Nullable String value =
        reading
            .show(
                "select attribute as a from information_schema.user_attributes where "
                    + account.condition())
            .get("a");
    return value == null
        ? create
        : create.substring(0, start.getAsInt()) + " ATTRIBUTE '" + Accounts.escaped(value) + "'";
  }

  /** The roles need not exist yet when the account is created: they are set at the end. */
  static String withoutDefaultRoles(String create) {
    OptionalInt start = SqlText.find(create, " DEFAULT ROLE ", 0);
    if (start.isEmpty()) {
      return create;
    }
    OptionalInt end = SqlText.find(create, " REQUIRE ", start.getAsInt());
    return create.substring(0, start.getAsInt())
        + (end.isEmpty() ? "" : create.substring(end.getAsInt()));
  }

  /** From the table: SHOW GRANTS adds the server's mandatory roles. */
  private void roleGrants() throws SQLException {
    reading.each(
        "select from_user, from_host, to_user, to_host, with_admin_option from mysql.role_edges"
            + " order by to_user, to_host, from_user, from_host",
        row -> {
          Account role = new Account(row.getString(1), row.getString(2), true);
          Account to = new Account(row.getString(3), row.getString(4), false);
          grants.add(
              to.object(
                  "grant",
                  "GRANT "
                      + role.quoted()
                      + " TO "
                      + to.quoted()
                      + ("Y".equals(row.getString(5)) ? " WITH ADMIN OPTION" : "")));
        });
  }

  private void defaultRoles() throws SQLException {
    Map<Account, List<String>> roles = new LinkedHashMap<>();
    reading.each(
        "select user, host, default_role_user, default_role_host from mysql.default_roles"
            + " order by user, host, default_role_user, default_role_host",
        row ->
            roles
                .computeIfAbsent(
                    new Account(row.getString(1), row.getString(2), false), a -> new ArrayList<>())
                .add(new Account(row.getString(3), row.getString(4), true).quoted()));
    roles.forEach(
        (account, list) ->
            grants.add(
                account.object(
                    "default_role",
                    "SET DEFAULT ROLE " + String.join(", ", list) + " TO " + account.quoted())));
  }

  private void secondPasswords() throws SQLException {
    reading.each(
        "select user, host from mysql.user"
            + " where json_contains_path(user_attributes, 'one', '$.additional_password')",
        row ->
            reading.add(
                Finding.warning(
                    "not-carried",
                    "account " + row.getString(1) + "@" + row.getString(2),
                    "has a second, older password (RETAIN CURRENT PASSWORD); MySQL gives no way"
                        + " to write it elsewhere, so only the current one is in the backup",
                    "ALTER USER … DISCARD OLD PASSWORD once nobody uses it.")));
  }
}
