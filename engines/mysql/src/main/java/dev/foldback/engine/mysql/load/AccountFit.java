package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.AccountStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts as the target can take them. One whose way to log in the target lacks is left out with
 * its rights, and named; so is every rule that the target does not know.
 */
final class AccountFit {
  /** Rules that only MySQL knows. */
  private static final List<String> MYSQL_RULES =
      List.of(
          "PASSWORD HISTORY",
          "PASSWORD REUSE",
          "PASSWORD REQUIRE",
          "FAILED_LOGIN_ATTEMPTS",
          "PASSWORD_LOCK_TIME",
          "ATTRIBUTE",
          "COMMENT");

  private final Flavor flavor;
  private final boolean crossing;
  private final Set<String> plugins = new HashSet<>();
  private final List<Finding> findings;
  private final RightsFit rights;
  private final Set<String> leftOut = new HashSet<>();

  AccountFit(Db db, Flavor flavor, String sourceFamily, List<Finding> findings)
      throws SQLException {
    this.flavor = flavor;
    this.crossing = !sourceFamily.equals(flavor.family());
    this.findings = findings;
    this.rights = new RightsFit(db, flavor, crossing, findings);
    for (String name :
        db.column(
            "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE"
                + " PLUGIN_TYPE='AUTHENTICATION' AND PLUGIN_STATUS='ACTIVE'")) {
      plugins.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** With roles under the names that they have on the target. */
  List<SchemaObject> renamed(List<SchemaObject> objects) {
    List<SchemaObject> renamed = new ArrayList<>();
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.ROLE)) {
        role(object).ifPresent(renamed::add);
      } else {
        renamed.add(object);
      }
    }
    rights.roles(renamed);
    return renamed;
  }

  /**
   * With accounts and rights as the target takes them.
   *
   * @param objects without accounts that stay as they are, and their rights
   */
  List<SchemaObject> fit(List<SchemaObject> objects) {
    List<SchemaObject> fitted = new ArrayList<>();
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.USER)) {
        user(object).ifPresent(fitted::add);
      } else {
        fitted.add(object);
      }
    }
    rights.leaveOut(leftOut, fitted);
    List<SchemaObject> all = new ArrayList<>();
    for (SchemaObject object : fitted) {
      if (Kind.owner(object).isEmpty() && !object.context().containsKey(Context.UNLESS_ACCOUNT)) {
        all.add(object);
      } else {
        rights.fit(object).ifPresent(all::add);
      }
    }
    all.addAll(rights.leavings());
    return all;
  }

  private Optional<SchemaObject> user(SchemaObject user) {
    AccountStatement statement = AccountStatement.parse(user.definition());
    List<AccountStatement.Method> kept =
        statement.methods().stream().filter(this::isThere).toList();
    if (kept.size() == statement.methods().size() && !crossing) {
      return Optional.of(user);
    }
    List<AccountStatement.Method> lost =
        statement.methods().stream().filter(m -> !kept.contains(m)).toList();
    boolean several = kept.size() > 1 && !flavor.mariaDb();
    // MySQL asks for all of several methods, MariaDB for any: leaving one out must not open more.
    if ((!lost.isEmpty() && (kept.isEmpty() || !user.definition().contains(" VIA ")))
        || several
        || (crossing && kept.size() > 1)) {
      leftOut.add(Kind.account(user));
      findings.add(
          Finding.warning(
              "account-left-out",
              user.label(),
              "is left out with its rights: the target has no way to log in by "
                  + (lost.isEmpty() ? statement.methods() : lost),
              "Create it on the target with a method and password that it has, or install the"
                  + " plugin there first; SHOW GRANTS on the source lists its rights."));
      return Optional.empty();
    }
    if (!lost.isEmpty()) {
      dropped(user, List.of("log in by " + lost));
    }
    AccountStatement fitted =
        new AccountStatement(statement.name(), kept, clauses(user, statement));
    return Optional.of(
        with(user, flavor.mariaDb() ? fitted.forMariaDb() : fitted.forMySql(), user.context()));
  }

  private boolean isThere(AccountStatement.Method method) {
    return plugins.contains(method.plugin().toLowerCase(Locale.ROOT));
  }

  private List<String> clauses(SchemaObject user, AccountStatement statement) {
    if (!crossing) {
      return statement.clauses();
    }
    List<String> kept = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (String clause : statement.clauses()) {
      String upper = clause.toUpperCase(Locale.ROOT);
      if (flavor.mariaDb() && MYSQL_RULES.stream().anyMatch(upper::startsWith)) {
        if (!AccountStatement.isDefault(clause)) {
          dropped.add(clause);
        }
      } else if (!flavor.mariaDb() && upper.contains("MAX_STATEMENT_TIME")) {
        dropped.add(clause.replaceFirst("(?is).*(MAX_STATEMENT_TIME +[0-9.]+).*", "$1"));
        String rest = clause.replaceFirst("(?i) *MAX_STATEMENT_TIME +[0-9.]+", "");
        if (!rest.strip().equalsIgnoreCase("WITH")) {
          kept.add(rest);
        }
      } else {
        kept.add(clause);
      }
    }
    if (!dropped.isEmpty()) {
      dropped(user, dropped);
    }
    return kept;
  }

  private void dropped(SchemaObject account, List<String> what) {
    findings.add(
        Finding.warning(
            "account-rule-dropped",
            account.label(),
            "comes without what the target does not know: " + String.join(", ", what),
            ""));
  }

  /** MySQL's roles have a host, MariaDB's don't. */
  private Optional<SchemaObject> role(SchemaObject role) {
    String user = role.context().getOrDefault(Context.USER, role.name());
    String host = role.context().getOrDefault(Context.HOST, "");
    if (!crossing) {
      return Optional.of(role);
    }
    if (flavor.mariaDb() && !host.equals("%")) {
      leftOut.add(Kind.account(role));
      findings.add(
          Finding.warning(
              "account-left-out",
              role.label(),
              "is left out with its rights: roles of MariaDB have no host",
              "CREATE ROLE under a name of its own, and grant it what this one holds."));
      return Optional.empty();
    }
    Map<String, String> context = new HashMap<>(role.context());
    context.put(Context.HOST, flavor.mariaDb() ? "" : "%");
    return Optional.of(with(role, "CREATE ROLE " + Sql.name(user), context));
  }

  static SchemaObject with(SchemaObject object, String sql, Map<String, String> context) {
    return new SchemaObject(object.kind(), object.schema(), object.name(), sql, context);
  }
}
