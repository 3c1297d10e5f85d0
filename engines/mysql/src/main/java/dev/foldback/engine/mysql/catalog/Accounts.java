package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users, roles and what they may do.
 *
 * @param accounts users and roles, to be created before programs that name them as definer
 * @param grants to be run once everything that they name exists
 */
record Accounts(List<SchemaObject> accounts, List<SchemaObject> grants) {
  Accounts {
    accounts = List.copyOf(accounts);
    grants = List.copyOf(grants);
  }

  static Accounts read(Reading reading) throws SQLException {
    return reading
        .attempt(
            "accounts",
            () ->
                reading.flavor().mariaDb()
                    ? new MariaDbAccounts(reading).read()
                    : new MySqlAccounts(reading).read())
        .orElse(new Accounts(List.of(), List.of()));
  }

  /**
   * One account. A MariaDB role has no host.
   *
   * @param host empty for a role of MariaDB
   */
  record Account(String user, String host, boolean role) {
    String quoted() {
      return role && host.isEmpty() ? Sql.name(user) : Sql.name(user) + "@" + Sql.name(host);
    }

    String label() {
      return role && host.isEmpty() ? user : user + "@" + host;
    }

    /** Its row in the tables of accounts, as a condition. */
    String condition() {
      return "user = " + Sql.text(user) + " and host = " + Sql.text(host);
    }

    SchemaObject object(String kind, String definition) {
      return object(kind, definition, Map.of());
    }

    SchemaObject object(String kind, String definition, Map<String, String> more) {
      Map<String, String> context = new LinkedHashMap<>(more);
      context.put(Context.USER, user);
      context.put(Context.HOST, host);
      return new SchemaObject(kind, "", label(), definition, context);
    }
  }

  /**
   * Servers print some texts of an account as they are, quotes and all.
   *
   * @param word before the text, such as {@code ISSUER}
   * @param value as the server's tables hold it
   */
  static String withEscaped(String sql, String word, @Nullable String value) {
    if (value == null || (value.indexOf('\'') < 0 && value.indexOf('\\') < 0)) {
      return sql;
    }
    String before = " " + word + " '";
    return sql.replace(before + value + "'", before + escaped(value) + "'");
  }

  /** For a plain literal: the grammar of accounts takes no other. */
  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "''");
  }

  /** No such user, no such grant. */
  private static final Set<Integer> NOT_LOADED = Set.of(1133, 1141);

  /** Reads one account; where the running server does not use it, that is said. */
  static void attempt(Reading reading, Account account, Reading.Step<Boolean> step)
      throws SQLException {
    reading.attempt(
        "account " + account.label(),
        () -> {
          try {
            return step.run();
          } catch (SQLException e) {
            if (!NOT_LOADED.contains(e.getErrorCode())) {
              throw e;
            }
            reading.add(
                Finding.warning(
                    "not-carried",
                    "account " + account.label(),
                    "is in the server's tables, but the running server ignores it and tells"
                        + " nothing of it (a host name is ignored while skip_name_resolve is on);"
                        + " it is not in the backup",
                    "Drop it, or run the server with skip_name_resolve off."));
            return false;
          }
        });
  }

  /** The grants of one account as the server lists them, those of roles left out. */
  static List<String> shownGrants(Reading reading, String quoted) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String line : reading.list("show grants for " + quoted, row -> row.getString(1))) {
      boolean ofRole = line.startsWith("GRANT `");
      if (!ofRole && !line.startsWith("SET DEFAULT ROLE ")) {
        lines.add(line);
      }
    }
    return lines;
  }
}
