package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.GrantStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rights as the target knows them. What it doesn't is left out and named, never widened. */
final class RightsFit {
  private static final String NAME = "(`(?:[^`]|``)*`)";
  private static final Pattern ROLE =
      Pattern.compile(
          "GRANT " + NAME + "(?:@" + NAME + ")? TO .*?( WITH ADMIN OPTION)?", Pattern.DOTALL);
  private static final Pattern DEFAULT_ROLE =
      Pattern.compile(
          "SET DEFAULT ROLE " + NAME + "(?:@" + NAME + ")? (?:TO|FOR) .*", Pattern.DOTALL);

  /** Always known, though not in every server's list. */
  private static final Set<String> ALWAYS = Set.of("ALL PRIVILEGES", "USAGE", "GRANT OPTION");

  /** What stands in for a right that the target does not know; best first. */
  private static final Map<String, List<String>> SAME =
      Map.of(
          "BINLOG MONITOR", List.of("REPLICATION CLIENT"),
          "SET_USER_ID", List.of("SET_ANY_DEFINER", "ALLOW_NONEXISTENT_DEFINER"),
          "SET_ANY_DEFINER", List.of("SET_USER_ID"));

  private final Flavor flavor;
  private final boolean crossing;
  private final List<Finding> findings;
  private final Set<String> known = new HashSet<>();
  private final Set<String> leftOut = new HashSet<>();
  private final Set<String> roles = new HashSet<>();
  private final Set<String> created = new LinkedHashSet<>();
  private final Set<String> limited = new HashSet<>();
  private final Map<String, List<String>> members = new HashMap<>();

  RightsFit(Db db, Flavor flavor, boolean crossing, List<Finding> findings) throws SQLException {
    this.flavor = flavor;
    this.crossing = crossing;
    this.findings = findings;
    db.column("SHOW PRIVILEGES").forEach(p -> known.add(p.toUpperCase(Locale.ROOT)));
    known.addAll(ALWAYS);
    if (flavor.mariaDb()) {
      known.add("REPLICATION CLIENT");
    }
  }

  /** All roles that the source has, whether they are there already or come. */
  void roles(List<SchemaObject> objects) {
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.ROLE)) {
        roles.add(object.context().getOrDefault(Context.USER, object.name()));
      }
    }
  }

  /** Who does not come. */
  void leaveOut(Set<String> accounts, List<SchemaObject> objects) {
    leftOut.addAll(accounts);
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.ROLE)) {
        created.add(object.context().getOrDefault(Context.USER, object.name()));
      }
      if (object.definition().startsWith("REVOKE ")) {
        Kind.owner(object).ifPresent(limited::add);
      }
    }
  }

  Optional<SchemaObject> fit(SchemaObject right) {
    String owner = Kind.account(right);
    if (right.context().containsKey(Context.UNLESS_ACCOUNT)) {
      return flavor.mariaDb() ? Optional.of(right) : Optional.empty();
    }
    if (leftOut.contains(owner)) {
      return Optional.empty();
    }
    if (crossing && owner.startsWith("'PUBLIC'@''")) {
      lost(right, "GRANT to PUBLIC");
      return Optional.empty();
    }
    if (right.definition().startsWith("REVOKE ")) {
      return flavor.mariaDb() ? Optional.empty() : Optional.of(right);
    }
    Matcher role = ROLE.matcher(right.definition());
    if (role.matches()) {
      return crossing ? roleGrant(right, role) : Optional.of(right);
    }
    Matcher standard = DEFAULT_ROLE.matcher(right.definition());
    if (standard.matches() || right.kind().equals("default_role")) {
      if (crossing && right.definition().startsWith("SET DEFAULT ROLE NONE ")) {
        return Optional.empty();
      }
      return crossing ? defaultRole(right, standard) : Optional.of(right);
    }
    Optional<GrantStatement> grant = GrantStatement.parse(right.definition());
    return grant.isPresent() ? privileges(right, grant.get()) : Optional.of(right);
  }

  private Optional<SchemaObject> privileges(SchemaObject right, GrantStatement grant) {
    if (flavor.mariaDb() && grant.isGlobal() && limited.contains(Kind.account(right))) {
      lost(
          right,
          String.join(", ", grant.privileges())
              + " on *.* (some schemas were excepted, which MariaDB can't do)");
      return Optional.empty();
    }
    if (!flavor.mariaDb() && grant.target().startsWith("ON PACKAGE")) {
      lost(right, String.join(", ", grant.privileges()) + " " + grant.target());
      return Optional.empty();
    }
    List<String> kept = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    boolean changed = crossing;
    for (String privilege : grant.privileges()) {
      String name = GrantStatement.name(privilege);
      List<String> same = SAME.getOrDefault(name, List.of());
      if (known.contains(name)) {
        kept.add(privilege);
      } else if (!same.isEmpty() && known.containsAll(same)) {
        kept.addAll(same);
        changed = true;
      } else {
        gone.add(privilege);
      }
    }
    if (!gone.isEmpty()) {
      lost(right, String.join(", ", gone) + " " + grant.target());
    }
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    return gone.isEmpty() && !changed
        ? Optional.of(right)
        : Optional.of(
            AccountFit.with(
                right,
                new GrantStatement(kept, grant.target(), grant.option()).sql(name(right)),
                right.context()));
  }

  private Optional<SchemaObject> roleGrant(SchemaObject right, Matcher statement) {
    String role = plain(statement.group(1));
    if (!roles.contains(role)) {
      lost(right, "the role " + role);
      return Optional.empty();
    }
    members.computeIfAbsent(role, r -> new ArrayList<>()).add(right.name());
    String option = statement.group(3) == null ? "" : statement.group(3);
    return Optional.of(
        AccountFit.with(
            right, "GRANT " + Sql.name(role) + " TO " + name(right) + option, right.context()));
  }

  private Optional<SchemaObject> defaultRole(SchemaObject right, Matcher statement) {
    if (!statement.matches() || !roles.contains(plain(statement.group(1)))) {
      lost(right, "its default roles: " + right.definition());
      return Optional.empty();
    }
    return Optional.of(
        AccountFit.with(
            right,
            "SET DEFAULT ROLE "
                + Sql.name(plain(statement.group(1)))
                + (flavor.mariaDb() ? " FOR " : " TO ")
                + name(right),
            right.context()));
  }

  /** Who creates a role on MariaDB is in it, and must go again where the source had it not so. */
  List<SchemaObject> leavings() {
    List<SchemaObject> leavings = new ArrayList<>();
    if (crossing && flavor.mariaDb()) {
      for (String role : created) {
        leavings.add(
            new SchemaObject(
                "grant",
                "",
                role,
                "REVOKE " + Sql.name(role) + " FROM CURRENT_USER",
                Map.of(
                    Context.UNLESS_ACCOUNT,
                    String.join("\n", members.getOrDefault(role, List.of())))));
      }
    }
    return leavings;
  }

  /** The account as the target writes it. */
  private String name(SchemaObject right) {
    String user = right.context().getOrDefault(Context.USER, "");
    String host = right.context().getOrDefault(Context.HOST, "");
    boolean bare = flavor.mariaDb() ? roles.contains(user) && crossing : host.isEmpty();
    return bare || host.isEmpty() ? Sql.name(user) : Sql.name(user) + "@" + Sql.name(host);
  }

  private static String plain(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replace("``", "`");
  }

  private void lost(SchemaObject right, String what) {
    findings.add(
        Finding.warning(
            "right-dropped",
            "account " + right.name(),
            "comes without a right that the target does not know: " + what,
            ""));
  }
}
