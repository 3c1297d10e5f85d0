package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.Finding;
import dev.foldback.core.FindingsException;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.HostileData;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one server to another of another version or family: an ordinary application comes through
 * whole; of hostile data, what can't come is named before anything is written, and the rest comes
 * as it was. Most crossings run with {@code -Dfoldback.slow=true} only.
 */
abstract class CrossingContract {
  private static final Pattern ITS_TABLE = Pattern.compile("exclude its table (.+)\\.$");

  abstract ServerKind from();

  abstract ServerKind to();

  /** Tables of the hostile data that hold values which the target has not. */
  List<String> unstorable() {
    return List.of();
  }

  /** Whether hostile data crosses here in every run of the tests. */
  boolean alwaysHostile() {
    return false;
  }

  /** What the accounts of the application log in by on a MySQL source. */
  private String plugin() {
    return to().mariaDb() && from() != ServerKind.MYSQL_9_7
        ? "mysql_native_password"
        : "caching_sha2_password";
  }

  private boolean accountsTravel() {
    return from().mariaDb() == to().mariaDb() || from() != ServerKind.MYSQL_9_7;
  }

  @Test
  void anApplicationComesThroughWhole(@TempDir Path folder) throws Exception {
    try (TestServer source = TestServers.fresh(from());
        TestServer target = TestServers.fresh(to());
        Essence before = new Essence(source);
        Essence after = new Essence(target)) {
      Application.fill(source, plugin());
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());
      List<String> excluded = List.of();
      if (from().mariaDb() && !to().mariaDb()) {
        excluded = List.of("app.numbers", "app.numbered");
        assertThatThrownBy(() -> rig.restore(target.endpoint()))
            .isInstanceOf(FindingsException.class)
            .hasMessageContaining("app.numbers")
            .hasMessageContaining("app.numbered");
        assertThat(after.names()).noneMatch(n -> n.contains("app."));
        source.execute("drop table app.numbered", "drop sequence app.numbers");
      }
      List<Finding> findings = restore(rig, target, excluded);
      assertThat(findings).noneMatch(f -> f.code().equals("not-created"));
      same(before, after);
      Application.use(source);
      Application.use(target);
      same(before, after);
      if (accountsTravel()) {
        assertThat(Application.logsIn(target, "web", "web-secret")).isTrue();
        assertThatThrownBy(() -> Application.logsIn(target, "web", "wrong"))
            .isInstanceOf(SQLException.class);
        assertThat(after.rows("select max_user_connections from mysql.user where user = 'web'"))
            .isEqualTo(List.of(List.of("7")));
      } else {
        assertThat(findings)
            .filteredOn(f -> f.code().equals("account-left-out"))
            .extracting(Finding::subject)
            .containsExactlyInAnyOrder("user web@%", "user batch@localhost");
      }
    }
  }

  private void same(Essence before, Essence after) throws SQLException {
    Map<String, List<String>> expected = before.objects("app");
    Map<String, List<String>> found = after.objects("app");
    if (!accountsTravel()) {
      expected.computeIfPresent(
          "rights", (k, all) -> all.stream().filter(r -> r.startsWith("['clerk'")).toList());
    }
    found.forEach((kind, lines) -> equal(kind, expected.getOrDefault(kind, List.of()), lines));
    for (List<String> table : before.tables()) {
      equal(
          table.toString(), before.values("app", table.get(1)), after.values("app", table.get(1)));
    }
    for (String view : List.of("open_order", "per_customer")) {
      equal(view, before.values("app", view), after.values("app", view));
    }
  }

  private static void equal(String what, List<String> expected, List<String> found) {
    List<String> missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    List<String> extra = new ArrayList<>(found);
    expected.forEach(extra::remove);
    assertThat(missing).as("%s: missing, while there is more of %s", what, extra).isEmpty();
    assertThat(extra).as("%s: more than there was", what).isEmpty();
  }

  @Test
  void whatCantComeIsNamedBeforeAnythingIsWrittenAndTheRestComesAsItWas(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(
        alwaysHostile() || Boolean.getBoolean("foldback.slow"), "runs with -Dfoldback.slow=true");
    try (TestServer source = TestServers.fresh(from());
        TestServer target = TestServers.fresh(to());
        Essence before = new Essence(source);
        Essence after = new Essence(target)) {
      HostileData.load(source);
      Application.differ(source);
      HostileData.prepare(target);
      Rig rig = Rig.init(folder);
      List<Finding> all = new ArrayList<>(rig.backup(source.endpoint()).manifest().findings());
      List<String> empty = after.names();
      List<Finding> errors = errors(rig, target);
      assertThat(after.names()).as("a refused restore writes nothing").isEqualTo(empty);
      assertThat(errors).allMatch(f -> !f.subject().isEmpty() && !f.hint().isEmpty());

      List<String> excluded = new ArrayList<>(unstorable());
      errors.stream().map(CrossingContract::pattern).forEach(excluded::add);
      all.addAll(errors);
      all.addAll(restore(rig, target, excluded));
      List<String> alongWith = excludedWithTheirTables(before, errors);
      List<String> there = after.names();
      assertThat(before.names())
          .filteredOn(n -> !there.contains(n) && !isNamed(n, all))
          .filteredOn(n -> unstorable().stream().noneMatch(n::endsWith))
          .filteredOn(n -> !alongWith.contains(n))
          .as("neither there nor named in a finding")
          .isEmpty();
      for (List<String> table : after.tables()) {
        equal(
            table.toString(),
            before.values(table.get(0), table.get(1)),
            after.values(table.get(0), table.get(1)));
      }
    }
  }

  /** Tables that hints named in place of a trigger, and all their triggers. */
  private static List<String> excludedWithTheirTables(Essence before, List<Finding> errors)
      throws SQLException {
    List<String> names = new ArrayList<>();
    for (Finding error : errors) {
      Matcher table = ITS_TABLE.matcher(error.hint());
      if (table.find()) {
        names.add("table " + table.group(1));
        String triggers =
            "select trigger_schema, trigger_name from information_schema.triggers where"
                + " concat(event_object_schema, '.', event_object_table) = '";
        before
            .rows(triggers + table.group(1) + "'")
            .forEach(row -> names.add("trigger " + row.get(0) + "." + row.get(1)));
      }
    }
    return names;
  }

  private static boolean isNamed(String object, List<Finding> findings) {
    String name = object.substring(object.indexOf(' ') + 1);
    return findings.stream().anyMatch(f -> f.subject().contains(name));
  }

  /** What to exclude: the table that the hint names, or the subject's name after its kind. */
  private static String pattern(Finding error) {
    Matcher table = ITS_TABLE.matcher(error.hint());
    return table.find()
        ? table.group(1)
        : error.subject().replaceFirst("^(?:package body|[a-z]+) ", "");
  }

  private static List<Finding> errors(Rig rig, TestServer target) {
    Optional<FindingsException> refused =
        Optional.ofNullable(
            catchThrowableOfType(FindingsException.class, () -> rig.plan(target.endpoint())));
    return refused.map(FindingsException::findings).orElse(List.of()).stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .toList();
  }

  private static List<Finding> restore(Rig rig, TestServer target, List<String> excluded) {
    return rig.restore(
            target.endpoint(),
            new Selection(List.of(), excluded),
            Renames.NONE,
            LoadRequest.Existing.REFUSE,
            Progress.NONE)
        .findings();
  }
}
