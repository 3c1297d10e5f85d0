package dev.foldback.engine.mysql.log.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.Position;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.LogStretch;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.engine.mysql.log.GtidSet;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.LogFileEnd;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a feed hands out against the log files themselves. {@code -Dseed=N} for one load again. */
abstract class LogFeedContract {
  private static final int FILE_START = 4;

  abstract ServerKind kind();

  private final long seed = Seed.next();
  private final Random random = new Random(seed);

  private TestServer fresh(String... options) {
    return TestServers.fresh(kind(), ServerOptions.quick().with(options));
  }

  private static SourceServer source(TestServer server) {
    return new MySqlEngine().openSource(server.endpoint());
  }

  /** The place of the first event that the server still has. */
  private static LogStart.At first(TestServer server, SourceServer source) throws SQLException {
    return new LogStart.At(
        new Position.Binlog(one(server, "show binary logs"), FILE_START, ""), source.info().id());
  }

  static String one(TestServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  /** Transactions of all kinds, with rotations in between. */
  private void load(TestServer server, int steps) throws SQLException {
    try (Connection connection = server.connect();
        Statement s = connection.createStatement()) {
      s.execute("create database if not exists t");
      s.execute("create table if not exists t.a (id int auto_increment primary key, b longblob)");
      s.execute("create table if not exists t.m (id int) engine=myisam");
      s.execute("create table if not exists t.n (id int)");
      // MySQL with GTIDs refuses to mix the two kinds in a transaction.
      String unsafe = kind().mariaDb() ? "t.m" : "t.n";
      for (int i = 0; i < steps; i++) {
        if (random.nextInt(6) == 0) {
          s.execute(kindOfLogging());
        }
        switch (random.nextInt(12)) {
          case 0 -> s.execute("flush binary logs");
          case 1 -> {
            s.execute("create table t.x" + i + " as select * from t.n");
            s.execute("drop table t.x" + i);
          }
          case 2 -> s.execute("insert into t.m values (1),(2)");
          case 3 -> {
            s.execute("begin");
            s.execute("insert into t.a (b) values ('x')");
            s.execute("savepoint p");
            s.execute("insert into t.a (b) values ('y')");
            s.execute("rollback to p");
            s.execute("insert into " + unsafe + " values (3)");
            s.execute("commit");
          }
          case 4 -> {
            s.execute("xa start 'g" + i + "'");
            s.execute("insert into t.a (b) values ('xa')");
            s.execute("xa end 'g" + i + "'");
            s.execute("xa prepare 'g" + i + "'");
            s.execute("xa commit 'g" + i + "'");
          }
          case 5 ->
              s.execute("update t.a set b=repeat('z', " + random.nextInt(3_000_000) + ") limit 1");
          case 6 -> {
            s.execute("begin");
            s.execute("insert into " + unsafe + " values (9)");
            s.execute("insert into t.a (b) values ('gone')");
            s.execute("rollback");
          }
          case 7 -> s.execute("create user if not exists u" + i + "@localhost");
          default ->
              s.execute(
                  "insert into t.a (b) values (repeat('a', " + random.nextInt(2000) + ")), ('b')");
        }
      }
    }
  }

  /** What changes how the session's transactions are logged. */
  String kindOfLogging() {
    if (kind().mariaDb()) {
      return random.nextBoolean()
          ? "set session gtid_domain_id=" + random.nextInt(3)
          : "set global log_bin_compress=" + random.nextInt(2);
    }
    if (kind() == ServerKind.MYSQL_9_7 && random.nextBoolean()) {
      return random.nextBoolean()
          ? "set session gtid_next='AUTOMATIC:tag" + random.nextInt(3) + "'"
          : "set session gtid_next='AUTOMATIC'";
    }
    return "set session binlog_transaction_compression=" + random.nextInt(2);
  }

  /** Every file that the server still has, but for the flag of one that is open, is equal. */
  private void assertEqualToFiles(TestServer server, Collected collected) throws Exception {
    assertThat(collected.files).as("seed %d", seed).isNotEmpty();
    for (Map.Entry<String, ByteArrayOutputStream> file : collected.files.entrySet()) {
      Path path = server.dataFolder().resolve(file.getKey());
      byte[] real = Files.readAllBytes(path);
      // The flag of a file that is in use: the server hides it from its replicas.
      real[FILE_START + 17] &= ~1;
      byte[] stored = file.getValue().toByteArray();
      int place = FILE_START + stored.length;
      int end = LogFileEnd.changesAfter(real, place) == 0 ? place : real.length;
      assertThat(Arrays.mismatch(stored, Arrays.copyOfRange(real, FILE_START, end)))
          .as("seed %d: %s of %d bytes, captured %d", seed, path, real.length, stored.length)
          .isEqualTo(-1);
    }
  }

  private void assertGtidsEqual(TestServer server, LogStretch last) throws SQLException {
    boolean mariaDb = kind().mariaDb();
    String sql = mariaDb ? "select @@global.gtid_binlog_pos" : "select @@global.gtid_executed";
    String gtids = ((Position.Binlog) last.to()).gtids();
    assertThat(GtidSet.parse(mariaDb, gtids))
        .as("seed %d", seed)
        .isEqualTo(GtidSet.parse(mariaDb, one(server, sql)));
  }

  @Test
  void allBytesOfAllFilesAreHandedOutOverRotationsAndResumption() throws Exception {
    try (TestServer server = fresh();
        SourceServer source = source(server)) {
      load(server, 60);
      Collected collected = new Collected(source, 100_000);
      collected.read(first(server, source));
      assertGtidsEqual(server, collected.stretches.getLast());
      for (int i = 0; i < 3; i++) {
        load(server, 40);
        collected.goOn();
        assertGtidsEqual(server, collected.stretches.getLast());
      }
      assertEqualToFiles(server, collected);
      assertThat(collected.files).hasSizeGreaterThan(3);
      assertThat(collected.stretches.stream().mapToLong(LogStretch::transactions).sum())
          .isGreaterThan(100);
    }
  }

  @Test
  void logsWithoutChecksumsAndWithoutGtidsAreReadToo() throws Exception {
    String[] options =
        kind().mariaDb()
            ? new String[] {"--binlog-checksum=NONE"}
            : new String[] {
              "--binlog-checksum=NONE", "--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"
            };
    try (TestServer server = fresh(options);
        SourceServer source = source(server)) {
      server.execute("create database t", "create table t.a (id int primary key)");
      Collected collected = new Collected(source, 1);
      collected.read(first(server, source));
      server.execute("insert into t.a values (1)", "flush binary logs", "drop table t.a");
      collected.goOn();
      assertEqualToFiles(server, collected);
      assertThat(collected.stretches.stream().mapToLong(LogStretch::transactions).sum())
          .isEqualTo(4);
    }
  }

  @Test
  void anEventOfManyPacketsComesInPieces() throws Exception {
    try (TestServer server = fresh();
        SourceServer source = source(server)) {
      server.execute(
          "create database t",
          "create table t.a (b longblob)",
          "insert into t.a values (repeat(sha2(1, 256), 560000))",
          "insert into t.a values (repeat('x', 16777216 - 100))",
          "insert into t.a values ('after')");
      Collected collected = new Collected(source, 1);
      collected.read(first(server, source));
      assertEqualToFiles(server, collected);
      collected.goOn();
      assertEqualToFiles(server, collected);
      assertGtidsEqual(server, collected.stretches.getLast());
    }
  }

  @Test
  void aServerThatRestartsAndCrashesGoesOnUnbroken() throws Exception {
    try (TestServer server = fresh();
        SourceServer source = source(server)) {
      load(server, 20);
      Collected collected = new Collected(source, 100_000);
      collected.read(first(server, source));
      server.restart();
      load(server, 20);
      collected.goOn();
      server.kill();
      server.restart();
      load(server, 20);
      collected.goOn();
      server.restart();
      collected.goOn();
      assertGtidsEqual(server, collected.stretches.getLast());
      assertEqualToFiles(server, collected);
    }
  }

  @Test
  void aLogThatDoesNotGoOnIsRefused() throws Exception {
    try (TestServer server = fresh();
        SourceServer source = source(server)) {
      load(server, 20);
      Collected collected = new Collected(source, 100_000);
      collected.read(first(server, source));
      server.execute("flush binary logs");
      load(server, 5);
      String newest = newestFile(server);
      purge(server, newest);
      assertThatThrownBy(collected::goOn)
          .isInstanceOfSatisfying(
              LogBrokenException.class,
              e -> assertThat(e.reason()).isIn("purged", "not-continuous"));
      Collected again = new Collected(source, 100_000);
      again.read(first(server, source));
      server.execute(
          kind() == ServerKind.MYSQL_9_7 ? "reset binary logs and gtids" : "reset master");
      load(server, 40);
      assertThatThrownBy(again::goOn).isInstanceOf(LogBrokenException.class);
    }
  }

  @Test
  void aFileThatWasStoredToItsEndMayBePurged() throws Exception {
    try (TestServer server = fresh();
        SourceServer source = source(server)) {
      load(server, 10);
      server.execute("flush binary logs");
      String newest = newestFile(server);
      Collected collected = new Collected(source, 1 << 30);
      collected.read(first(server, source));
      // What came after the last file's end is forgotten.
      collected.stretches.removeLast();
      collected.files.clear();
      purge(server, newest);
      load(server, 10);
      collected.goOn();
      assertEqualToFiles(server, collected);
    }
  }

  /** A server keeps a file that it or a reader is still busy with, and says nothing. */
  private static void purge(TestServer server, String newest) throws Exception {
    for (int i = 0; i < 100 && !one(server, "show binary logs").equals(newest); i++) {
      server.execute("purge binary logs to '" + newest + "'");
      Thread.sleep(100);
    }
    assertThat(one(server, "show binary logs")).isEqualTo(newest);
  }

  static String newestFile(TestServer server) throws SQLException {
    boolean newName = server.kind() == ServerKind.MYSQL_9_7;
    return one(server, newName ? "show binary log status" : "show master status");
  }
}
