package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.Selection;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.MixedBackup;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.backup.Way;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.repository.Repositories;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way a backup goes, and that what it promises comes back. */
abstract class WaysContract {
  private TestServer source;
  private TestServer target;
  private Rig rig;

  abstract ServerKind kind();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    source = TestServers.fresh(kind(), ServerOptions.quick().with("--binlog-format=ROW"));
    target = TestServers.fresh(kind());
    rig = Rig.init(folder);
    Shop.fill(source, 2000);
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  @Test
  void firstFullThenByLogAndTheNewestPointComesBack() throws Exception {
    assertThat(backup().way()).isEqualTo(Way.FULL);
    change("10");
    RestorePoint second = backup();
    assertThat(second.way()).isEqualTo(Way.LOG);
    assertThat(((RestorePoint.Reached) second).stored().orElseThrow().transactions()).isPositive();
    change("11");
    assertThat(backup().way()).isEqualTo(Way.LOG);
    assertThat(rig.listing().entries()).hasSize(1);
    assertThat(origins()).containsExactly(Way.FULL.because("there is no snapshot of shop yet"));
    assertThat(points()).hasSize(2).allMatch(p -> p.equals(Way.LOG.because(second.reason())));
    comesBack();
  }

  @Test
  void aSnapshotWhereTheLogIsNoneOfIts() throws Exception {
    backup();
    change("10");
    purge();
    RestorePoint purged = backup();
    assertThat(purged.way()).isEqualTo(Way.DIFFERENTIAL);
    assertThat(purged.reason()).contains("log");
    assertThat(origins().getLast()).isEqualTo(Way.DIFFERENTIAL.because(purged.reason()));
    assertThat(points()).isEmpty();
    comesBack();

    change("11");
    RestorePoint next = backup();
    assertThat(next.way()).as(next.reason()).isEqualTo(Way.LOG);
    target.execute("DROP DATABASE shop");
    comesBack();
  }

  @Test
  void aSnapshotWhereTheLogDoesNotHoldAllThatChanged() throws Exception {
    backup();
    change("10");
    source.execute("CREATE USER ways@localhost IDENTIFIED BY 'Pa55-word'");
    RestorePoint point = backup();
    assertThat(point.way()).isEqualTo(Way.DIFFERENTIAL);
    assertThat(point.reason()).contains("accounts");
    assertThat(rig.log().segments()).as("what was stored before that was seen").isNotEmpty();
    assertThat(points()).as("no restore point by log").isEmpty();
    comesBack();
    change("11");
    assertThat(backup().way()).isEqualTo(Way.LOG);
    source.execute("SET SESSION sql_mode=''", "DROP USER ways@localhost");
  }

  @Test
  void aSnapshotWhereRowsAreLoggedAsText() throws Exception {
    backup();
    source.execute(
        "SET SESSION binlog_format=STATEMENT",
        "UPDATE shop.customer SET name='by text' WHERE id=3",
        "SET SESSION binlog_format=ROW");
    assertThat(backup().way()).isEqualTo(Way.DIFFERENTIAL);
    comesBack();
  }

  @Test
  void aSnapshotWhereTextIsHardToSee() throws Exception {
    backup();
    String[][] hidden = {
      {"/* app: a */ UPDATE shop.customer SET name='behind' WHERE id=3"},
      {"-- app\n# b\nDELETE FROM shop.visit LIMIT 2"},
      {"CREATE TABLE shop.picked /* AS */ AS SELECT id, name FROM shop.customer LIMIT 9"},
      {"BEGIN", "SAVEPOINT a", "/*! INSERT INTO */ shop.picked VALUES (99999, 'x')", "COMMIT"},
      {"/* x */ CREATE USER behind@localhost IDENTIFIED BY 'Pa55-word'"},
    };
    for (String[] statements : hidden) {
      byText(statements);
      RestorePoint point = backup();
      assertThat(point.way()).as(statements[0]).isEqualTo(Way.DIFFERENTIAL);
      assertThat(point.reason()).contains("not restored from a log");
    }
    comesBack();
    source.execute("DROP USER behind@localhost");
  }

  /** As they run in a session that logs statements. */
  private void byText(String... statements) throws Exception {
    List<String> all = new ArrayList<>(List.of("SET SESSION binlog_format=STATEMENT"));
    all.addAll(List.of(statements));
    all.add("SET SESSION binlog_format=ROW");
    source.execute(all.toArray(String[]::new));
  }

  @Test
  void whatIsNoChangeOfRowsKeepsTheWayByLog() throws Exception {
    backup();
    change("10");
    source.execute(
        "BEGIN",
        "SAVEPOINT a",
        "INSERT INTO shop.visit SELECT * FROM shop.visit WHERE 1=0",
        "UPDATE shop.customer SET name='one' WHERE id=1",
        "ROLLBACK TO SAVEPOINT a",
        "UPDATE shop.customer SET name='two' WHERE id=2",
        "COMMIT",
        "XA START 'a'",
        "UPDATE shop.customer SET name='three' WHERE id=3",
        "XA END 'a'",
        "XA PREPARE 'a'",
        "XA COMMIT 'a'",
        "ANALYZE TABLE shop.customer",
        "CREATE VIEW shop.later AS SELECT id FROM shop.customer",
        "CREATE PROCEDURE shop.run() UPDATE shop.customer SET name='x' WHERE id=-1");
    RestorePoint point = backup();
    assertThat(point.way()).as(point.reason()).isEqualTo(Way.LOG);
    comesBack();
  }

  @Test
  void whatIsCompressedIsLookedAtToo() throws Exception {
    assumeTrue(kind().mariaDb(), "only MariaDB compresses statements");
    backup();
    source.execute(
        "SET GLOBAL log_bin_compress=1",
        "SET GLOBAL log_bin_compress_min_len=10",
        "CREATE TABLE shop.wide (id INT PRIMARY KEY, t VARCHAR(500) COMMENT '"
            + "x".repeat(500)
            + "')");
    RestorePoint point = backup();
    assertThat(point.way()).as(point.reason()).isEqualTo(Way.LOG);
    source.execute(
        "CREATE USER c@localhost /* " + "y".repeat(500) + " */ IDENTIFIED BY 'Pa55-word'");
    assertThat(backup().way()).isEqualTo(Way.DIFFERENTIAL);
    comesBack();
    source.execute("DROP USER c@localhost", "SET GLOBAL log_bin_compress=0");
  }

  @Test
  void aCaptureThatRunsIsWaitedFor() throws Exception {
    backup();
    Process capture = ChildProcess.start("capture", rig, source);
    try {
      change("10");
      until(() -> !rig.log().segments().isEmpty());
      change("11");
      RestorePoint point = backup();
      assertThat(point.way()).as(point.reason()).isEqualTo(Way.LOG);
      assertThat(((RestorePoint.Reached) point).stored()).isEmpty();
      assertThat(points()).as("who does not write the log notes nothing in it").isEmpty();
      comesBack();
    } finally {
      capture.destroyForcibly().waitFor();
    }
  }

  @Test
  void aSnapshotWhereACaptureHoldsTheLogAndStoresNothing() throws Exception {
    backup();
    backup(Selection.ALL, Optional.of(Way.LOG));
    change("10");
    try (ObjectStore store = rig.store();
        Repository repository = Repositories.open(store, Optional.empty(), Clock.systemUTC());
        LogWriter holder = repository.beginLog(Rig.SOURCE, 1)) {
      assertThat(holder.newest()).isPresent();
      RestorePoint point = backup();
      assertThat(point.way()).isEqualTo(Way.DIFFERENTIAL);
      assertThat(point.reason()).contains("a capture holds the log");
    }
    comesBack();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(100);
    }
  }

  @Test
  void aSnapshotWhereTheLastOneIsOldOrOfAnotherSelection() throws Exception {
    backup();
    assertThat(backup(new Selection(List.of("shop"), List.of()), Optional.empty()).reason())
        .contains("another selection");
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(8)).withZone(ZoneOffset.UTC);
    assertThat(backup(new Selection(List.of("shop"), List.of()), Optional.empty(), late).reason())
        .contains("older than 7 days");
  }

  @Test
  void theWayThatWasAskedForOrNone() throws Exception {
    assertThatThrownBy(() -> backup(Selection.ALL, Optional.of(Way.LOG)))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_UNUSABLE));
    backup();
    RestorePoint.Taken again =
        (RestorePoint.Taken) backup(Selection.ALL, Optional.of(Way.DIFFERENTIAL));
    assertThat(again.result().transfer().sentFrames()).isZero();
    RestorePoint.Taken full = (RestorePoint.Taken) backup(Selection.ALL, Optional.of(Way.FULL));
    assertThat(full.result().transfer().reusedFrames()).isZero();
    assertThat(backup(Selection.ALL, Optional.of(Way.LOG)).way()).isEqualTo(Way.LOG);
  }

  /** How the snapshots came to be, oldest first. */
  private List<Origin> origins() {
    return rig.listing().entries().stream()
        .map(entry -> entry.manifest().origin().orElseThrow())
        .toList();
  }

  /** How the restore points by log came to be, oldest first. */
  private List<Origin> points() {
    return rig.log().segments().stream().flatMap(s -> s.point().stream()).toList();
  }

  private void change(String name) throws Exception {
    source.execute(
        "UPDATE shop.customer SET name='" + name + "' WHERE id % 7 = 0",
        "DELETE FROM shop.visit LIMIT 5",
        "CREATE TABLE shop.t" + name + " AS SELECT * FROM shop.customer LIMIT 3");
  }

  private void comesBack() throws Exception {
    assertThat(rig.restore(target.endpoint()).compared()).isTrue();
    assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(source));
  }

  /** A file that a closing connection still reads is left at first. */
  private void purge() throws Exception {
    String purge =
        kind().mariaDb()
            ? "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY"
            : "PURGE BINARY LOGS BEFORE '2099-01-01'";
    source.execute("FLUSH BINARY LOGS");
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    do {
      assertThat(System.nanoTime()).as("the log is purged").isLessThan(limit);
      source.execute(purge);
    } while (logFiles() > 1);
  }

  private int logFiles() throws Exception {
    return (int)
        source.texts("SHOW BINARY LOGS").stream().filter(t -> t.matches(".*\\.[0-9]{6}")).count();
  }

  private RestorePoint backup() {
    return backup(Selection.ALL, Optional.empty());
  }

  private RestorePoint backup(Selection selection, Optional<Way> asked) {
    return backup(selection, asked, Clock.systemUTC());
  }

  private RestorePoint backup(Selection selection, Optional<Way> asked, Clock clock) {
    try (ObjectStore store = rig.store();
        Repository repository = Repositories.open(store, Optional.empty(), clock);
        SourceServer server = new MySqlEngine().openSource(source.endpoint())) {
      BackupOptions options =
          new BackupOptions(
              Rig.SOURCE,
              selection,
              SnapshotOptions.threads(2),
              1,
              asked.equals(Optional.of(Way.FULL)));
      return new MixedBackup(repository, server, clock, Duration.ofSeconds(10))
          .run(options, asked, Progress.NONE);
    }
  }
}
