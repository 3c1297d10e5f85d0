package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores by accounts that lack rights: refused before anything is written, with GRANTs that are
 * all it takes, or done with less and said.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RightsContract {
  private static final Pattern HINT = Pattern.compile("\"hint\":\"((?:GRANT|SET GLOBAL) [^\"]*?;)");

  private TestServer target;
  private Rig rig;

  abstract ServerKind kind();

  @BeforeAll
  void backup(@TempDir Path folder) throws SQLException {
    rig = Rig.init(folder);
    target = TestServers.fresh(kind());
    target.execute(
        "create schema s_a",
        "create table s_a.t (id int auto_increment primary key, n int, key (n))",
        "insert into s_a.t (n) values (1), (2), (3)",
        "create user other@'%' identified by 'x'",
        "grant select on s_a.* to other@'%'",
        "create definer = other@'%' view s_a.v as select id from s_a.t",
        "create definer = other@'%' procedure s_a.p() select 1",
        "create schema s_b",
        "create table s_b.t (id int primary key)");
    rig.backup(target.endpoint());
    target.execute("drop schema s_a", "drop schema s_b", "drop user other@'%'");
  }

  @AfterEach
  void clear() throws SQLException {
    target.execute(
        "drop schema if exists s_a",
        "drop schema if exists s_b",
        "drop user if exists other@'%'",
        "drop user if exists few@'%'",
        "set global local_infile = 1");
  }

  @AfterAll
  void end() {
    target.close();
  }

  @Test
  void nothingAtAll() throws Exception {
    account();
    refusedThenRestored("--include", "s_a");
  }

  @Test
  void noCreate() throws Exception {
    account("grant select, insert, update, drop, alter, index, references on *.* to few@'%'");
    refusedThenRestored("--include", "s_b");
  }

  @Test
  void noInsert() throws Exception {
    account(
        "grant select, update, create, drop, alter, index, references, create view, show view,"
            + " create routine, alter routine on *.* to few@'%'");
    refusedThenRestored("--include", "s_a");
  }

  @Test
  void rightsOnOneSchemaAlone() throws Exception {
    account("grant all on `s\\_b`.* to few@'%'");
    assertThat(refusedThenRestored("--include", "s_b"))
        .singleElement()
        .asString()
        .contains("ON `foldback\\\\_restore`.*");
  }

  @Test
  void rightsOnAnotherSchema() throws Exception {
    account("grant all on `s\\_b`.* to few@'%'");
    assertThat(refusedThenRestored("--include", "s_a")).hasSize(3);
  }

  @Test
  void rightsOnThatSchemaAndOnTheNoteSuffice() throws Exception {
    account("grant all on `s\\_b`.* to few@'%'", "grant all on `foldback\\_restore`.* to few@'%'");
    good(restore("--include", "s_b"));
  }

  @Test
  void noRightToGiveAwayObjectsIsSaidAndTheyBelongToTheAccount() throws Exception {
    account(
        "grant select, insert, update, create, drop, alter, index, references, create view,"
            + " show view, create routine, alter routine on *.* to few@'%'");
    ProgramRun.End end = restore("--include", "s_a");
    good(end);
    assertThat(end.says("definer-changed")).isTrue();
    assertThat(end.out()).containsPattern("GRANT SET[_ ](ANY_DEFINER|USER_ID|USER) ON");
    assertThat(target(" select definer from information_schema.views where table_schema='s_a'"))
        .containsExactly("few@%");
  }

  @Test
  void noRightToMakeAccounts() throws Exception {
    account(
        "grant select, insert, update, create, drop, alter, index, references, create view,"
            + " show view, create routine, alter routine on *.* to few@'%'");
    ProgramRun.End end = restore();
    refused(end);
    assertThat(end.out()).contains("CREATE USER").contains("WITH GRANT OPTION");
  }

  @Test
  void noRightToGiveRights() throws Exception {
    account("grant all on *.* to few@'%'");
    ProgramRun.End end = restore();
    refused(end);
    assertThat(end.out()).contains("may not give the restored accounts their rights");
    good(restore("--include", "*"));
  }

  @Test
  void noLocalInfileIsSaidAndSlower() throws Exception {
    account("grant all on *.* to few@'%' with grant option");
    target.execute("set global local_infile = 0");
    ProgramRun.End end = restore("--include", "s_a");
    good(end);
    assertThat(end.says("local-infile-off")).isTrue();
  }

  @Test
  void inPlaceOnOneSchemaAlone() throws Exception {
    account("grant all on `s\\_a`.* to few@'%'");
    target.execute(
        "create schema s_a",
        "create table s_a.t (id int primary key)",
        "create trigger s_a.g before insert on s_a.t for each row set @a = 1");
    ProgramRun.End end = restore("--include", "s_a", "--in-place", "--yes");
    assertThat(end.status()).as(end.out() + end.err()).isEqualTo(6);
    assertThat(target("select table_name from information_schema.tables where table_schema='s_a'"))
        .containsExactly("t");
    for (String statement : hints(end)) {
      target.execute(statement.replace("\\\\", "\\").replaceFirst(";$", ""));
    }
    ProgramRun.End again = restore("--include", "s_a", "--in-place", "--yes");
    good(again);
    assertThat(target("select count(*) from s_a.t")).containsExactly("3");
    ProgramRun.End listed = run("release", url());
    assertThat(listed.out()).contains("\"kept\":[{\"id\"");
    String id = listed.out().replaceAll("(?s).*\"kept\":\\[\\{\"id\":\"([^\"]+)\".*", "$1");
    ProgramRun.End released = run("release", url(), id, "--yes");
    assertThat(released.status()).as(released.out() + released.err()).isZero();
    assertThat(target("show databases")).noneMatch(name -> name.startsWith("foldback"));
  }

  private void account(String... grants) throws SQLException {
    target.execute("create user few@'%' identified by 'few-password'");
    target.execute(grants);
  }

  /** The hints that were followed in between. */
  private List<String> refusedThenRestored(String... arguments) throws Exception {
    ProgramRun.End end = restore(arguments);
    refused(end);
    List<String> hints = hints(end);
    for (String statement : hints) {
      target.execute(statement.replace("\\\\", "\\").replaceFirst(";$", ""));
    }
    good(restore(arguments));
    return hints;
  }

  private static List<String> hints(ProgramRun.End end) {
    List<String> hints = new ArrayList<>();
    Matcher hint = HINT.matcher(end.out());
    while (hint.find()) {
      if (!hints.contains(hint.group(1))) {
        hints.add(hint.group(1));
      }
    }
    assertThat(hints).as(end.out()).isNotEmpty();
    return hints;
  }

  private void refused(ProgramRun.End end) throws SQLException {
    assertThat(end.status()).as(end.out() + end.err()).isEqualTo(6);
    assertThat(end.says("privilege-missing")).as(end.out()).isTrue();
    assertThat(target("select schema_name from information_schema.schemata"))
        .doesNotContain("s_a", "s_b", "foldback_restore");
  }

  private void good(ProgramRun.End end) throws SQLException {
    assertThat(end.status()).as(end.out() + end.err()).isZero();
    assertThat(end.says("few-password")).isFalse();
    assertThat(target("select schema_name from information_schema.schemata"))
        .doesNotContain("foldback_restore");
  }

  private List<String> target(String sql) throws SQLException {
    return target.texts(sql);
  }

  private ProgramRun.End restore(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("restore", "--to"));
    arguments.add(url());
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private String url() {
    return kind().scheme() + "://few@" + target.host() + ":" + target.port();
  }

  private ProgramRun.End run(String... arguments) throws Exception {
    try (ProgramRun run = ProgramRun.start(rig, Map.of("MYSQL_PWD", "few-password"), arguments)) {
      return run.await();
    }
  }
}
