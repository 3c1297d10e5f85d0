package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Position;
import dev.foldback.core.Secret;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a snapshot of any server of the family must hold to. */
abstract class SnapshotContract {
  static final Selection BANK = new Selection(List.of("bank"), List.of());
  static final long ACCOUNTS = 200;

  /** Accounts of the server that a test made. */
  private final List<String> made = new ArrayList<>();

  abstract TestServer server();

  @BeforeEach
  void schema() throws SQLException {
    server()
        .execute(
            "drop database if exists bank",
            "create database bank",
            "create table bank.a (id int primary key, cents bigint not null) engine=innodb",
            "create table bank.b (id int primary key, cents bigint not null) engine=innodb");
    String values =
        IntStream.range(0, (int) ACCOUNTS)
            .mapToObj(i -> "(" + i + ",1000)")
            .collect(Collectors.joining(","));
    server().execute("insert into bank.a values " + values, "insert into bank.b values " + values);
  }

  @AfterEach
  void dropAll() throws SQLException {
    server().execute("drop database if exists bank");
    for (String name : made) {
      server().execute("drop user if exists " + name);
    }
  }

  @Test
  void moneyIsNeitherMadeNorLostWhileTransfersRun() throws Exception {
    try (Transfers transfers = new Transfers(server());
        MySqlSource source = MySqlSource.open(server().endpoint())) {
      for (int round = 0; round < 6; round++) {
        transfers.awaitMore(20);
        try (ServerSnapshot snapshot = open(source, options(3))) {
          transfers.awaitMore(20);
          assertThat(sum(snapshot)).isEqualTo(2 * ACCOUNTS * 1000);
          assertThat(snapshot.position()).isInstanceOf(Position.Binlog.class);
          assertThat(((Position.Binlog) snapshot.position()).gtids()).isNotEmpty();
          assertThat(snapshot.complete()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
        }
      }
    }
  }

  @Test
  void readLocksOnTablesAreEnoughWhereNothingElseIsGranted() throws Exception {
    Endpoint managed =
        account("managed", "select, lock tables, replication client, process, show view");
    try (Transfers transfers = new Transfers(server());
        MySqlSource source = MySqlSource.open(managed)) {
      for (int round = 0; round < 3; round++) {
        transfers.awaitMore(20);
        try (ServerSnapshot snapshot = open(source, options(3))) {
          transfers.awaitMore(20);
          assertThat(sum(snapshot)).isEqualTo(2 * ACCOUNTS * 1000);
        }
      }
    }
  }

  @Test
  void tablesWithoutTransactionsAreOfTheSameMoment() throws Exception {
    server().execute("create table bank.log (id int primary key, note text) engine=myisam");
    server().execute("insert into bank.log values (1,'before')");
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options(2));
        Connection writer = server().connect();
        Statement statement = writer.createStatement()) {
      statement.execute("set lock_wait_timeout=1");
      assertThatThrownBy(() -> statement.execute("insert into bank.log values (2,'after')"))
          .isInstanceOf(SQLException.class);
      assertThat(rows(snapshot, "log")).containsExactly("1\tbefore");
      statement.execute("insert into bank.log values (2,'after')");
      sum(snapshot);
      assertThat(snapshot.complete()).anyMatch(f -> f.code().equals("tables-locked"));
    }
  }

  @Test
  void aTableRedefinedDuringTheSnapshotNeverGivesRowsSilently() throws Exception {
    List<List<String>> changes =
        List.of(
            List.of("alter table bank.a add column c int not null default 5"),
            List.of("alter table bank.a modify cents int not null"),
            List.of("truncate table bank.a"),
            List.of("drop table bank.a"),
            List.of(
                "create table bank.new like bank.a",
                "insert into bank.new select * from bank.a limit 5",
                "rename table bank.a to bank.old, bank.new to bank.a"));
    for (List<String> change : changes) {
      schema();
      // Some servers date a table's definition by the second.
      Thread.sleep(1100);
      try (MySqlSource source = MySqlSource.open(server().endpoint());
          ServerSnapshot snapshot = open(source, options(2))) {
        if (changed(change)) {
          assertThatThrownBy(() -> rows(snapshot, "a"))
              .as("%s", change)
              .isInstanceOfSatisfying(
                  FoldbackException.class,
                  e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_CHANGED);
                    assertThat(e).hasMessageContaining("bank.a");
                  });
        } else {
          assertThat(rows(snapshot, "a")).as("%s", change).hasSize((int) ACCOUNTS);
        }
      }
    }
  }

  /** More threads than tables, and more tables than threads. */
  @Test
  void aRedefinedTableIsNoticedWhereManyConnectionsReadDefinitions() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      names.add("m" + i);
      server().execute("create table bank.m" + i + " (id int primary key)");
      server().execute("insert into bank.m" + i + " values (" + i + ")");
    }
    for (int threads : List.of(1, 3, 8)) {
      String changed = "m" + threads;
      try (MySqlSource source = MySqlSource.open(plainAccount());
          ServerSnapshot snapshot = open(source, options(threads))) {
        assertThat(snapshot.tables()).extracting(t -> t.name().table()).containsAll(names);
        assertThat(snapshot.objects()).extracting(o -> o.name()).containsAll(names);
        assertThat(changed(List.of("alter table bank." + changed + " comment='c" + threads + "'")))
            .isTrue();
        names.parallelStream()
            .filter(name -> !name.equals(changed))
            .forEach(name -> assertThat(rows(snapshot, name)).containsExactly(name.substring(1)));
        assertThatThrownBy(() -> rows(snapshot, changed))
            .isInstanceOfSatisfying(
                FoldbackException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_CHANGED));
      }
    }
  }

  private boolean changed(List<String> change) throws SQLException {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set lock_wait_timeout=1");
      for (String sql : change) {
        statement.execute(sql);
      }
      return true;
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).as("%s: %s", change, e.getMessage()).isEqualTo(1205);
      return false;
    }
  }

  /** Each is changed in a way that leaves rows and columns as they are. */
  @Test
  void oneOfManySmallTablesThatIsRedefinedIsNoticed() throws Exception {
    List<String> many =
        IntStream.range(0, 300)
            .mapToObj(i -> "create table bank.m%03d (id int)".formatted(i))
            .toList();
    server().execute(many.toArray(String[]::new));
    // Only marks of some age can be trusted.
    Thread.sleep(Duration.ofSeconds(7));
    try (MySqlSource source = MySqlSource.open(plainAccount())) {
      try (ServerSnapshot snapshot = open(source, options(2))) {
        List<TableDefinition> tables = small(snapshot);
        read(snapshot, tables.subList(0, 100));
        server().execute("alter table bank.m000 comment 'read and proven'");
        read(snapshot, tables.subList(100, 300));
        assertThat(snapshot.complete()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
      }
      for (int changed : List.of(150, 199, 299)) {
        try (ServerSnapshot snapshot = open(source, options(2))) {
          List<TableDefinition> tables = small(snapshot);
          read(snapshot, tables.subList(0, 140));
          server().execute("alter table bank.m" + changed + " comment 'before " + changed + "'");
          assertThatThrownBy(
                  () -> {
                    read(snapshot, tables.subList(140, 300));
                    snapshot.complete();
                  })
              .isInstanceOfSatisfying(
                  FoldbackException.class,
                  e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_CHANGED);
                    assertThat(e).hasMessageContaining("m" + changed);
                  });
        }
      }
    }
  }

  private static List<TableDefinition> small(ServerSnapshot snapshot) {
    return snapshot.tables().stream().filter(t -> t.name().table().startsWith("m")).toList();
  }

  private static void read(ServerSnapshot snapshot, List<TableDefinition> tables) {
    for (TableDefinition table : tables) {
      snapshot.read(table, table.slices().getFirst(), new CollectingSink());
    }
  }

  @Test
  void aTableRedefinedAfterItsRowsWereReadIsNoMatter() throws Exception {
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options(2))) {
      assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
      changed(List.of("alter table bank.a add column c int not null default 5"));
      assertThat(rows(snapshot, "b")).hasSize((int) ACCOUNTS);
      assertThat(snapshot.complete()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    }
  }

  /** Neither the definitions nor, on some servers, their dates tell. */
  @Test
  void rowsThatChangePlacesWithOthersAreNeverTakenForThem() throws Exception {
    Map<String, List<String>> changes =
        Map.of(
            "parted", List.of("alter table bank.parted exchange partition p0 with table bank.lone"),
            "lone", List.of("alter table bank.parted exchange partition p1 with table bank.lone"),
            "twin", List.of("rename table bank.twin to bank.x, bank.lone to bank.twin"));
    for (Map.Entry<String, List<String>> change : changes.entrySet()) {
      schema();
      server()
          .execute(
              "create table bank.parted (id int primary key) partition by range (id)"
                  + " (partition p0 values less than (10), partition p1 values less than (20))",
              "create table bank.lone (id int primary key)",
              "create table bank.twin (id int primary key)",
              "insert into bank.parted values (1),(11)",
              change.getKey().equals("lone")
                  ? "insert into bank.lone values (12)"
                  : "insert into bank.lone values (2)",
              "insert into bank.twin values (3)");
      try (MySqlSource source = MySqlSource.open(plainAccount());
          ServerSnapshot snapshot = open(source, options(2))) {
        assertThat(changed(change.getValue())).isTrue();
        assertThatThrownBy(
                () -> {
                  rows(snapshot, change.getKey());
                  snapshot.complete();
                })
            .as("%s", change)
            .isInstanceOfSatisfying(
                FoldbackException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_CHANGED));
      }
    }
  }

  @Test
  void aTableCantBeRedefinedWhileItsRowsAreRead() throws Exception {
    server()
        .execute("create table bank.c as select a.id, repeat('x',900) t from bank.a a, bank.b b");
    try (MySqlSource source = MySqlSource.open(plainAccount());
        ServerSnapshot snapshot = open(source, options(2))) {
      TableDefinition table =
          snapshot.tables().stream()
              .filter(t -> t.name().table().equals("c"))
              .findFirst()
              .orElseThrow();
      AtomicBoolean tried = new AtomicBoolean();
      AtomicBoolean redefined = new AtomicBoolean();
      CollectingSink sink =
          new CollectingSink() {
            @Override
            public void endRow() {
              super.endRow();
              if (!tried.getAndSet(true)) {
                try {
                  redefined.set(changed(List.of("alter table bank.c drop column t")));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              }
            }
          };
      for (Slice slice : table.slices()) {
        snapshot.read(table, slice, sink);
      }
      assertThat(redefined).isFalse();
      assertThat(sink.rows).hasSize((int) (ACCOUNTS * ACCOUNTS));
      assertThat(changed(List.of("truncate table bank.c"))).isTrue();
      assertThatThrownBy(() -> snapshot.read(table, table.slices().getFirst(), sink))
          .as("a slice read after the table was emptied")
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_CHANGED));
    }
  }

  /** The name of the column says what its value must be. */
  @Test
  void tablesThatAreMadeAnewAllTheTimeAreEitherRightOrRefused() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread maker = Thread.ofPlatform().start(() -> makeAnew(stop));
    int right = 0;
    try (MySqlSource source = MySqlSource.open(plainAccount())) {
      // The slower the machine, the fewer tables stay as they are until they are read.
      for (int round = 0; round < 12 || (right == 0 && round < 500); round++) {
        try (ServerSnapshot snapshot = open(source, options(2))) {
          for (TableDefinition table : snapshot.tables()) {
            if (table.name().table().startsWith("h")) {
              String column = table.columns().getLast().name();
              assertThat(rows(snapshot, table.name().table()))
                  .allMatch(row -> ("v" + row.split("\t", -1)[1]).equals(column));
              right++;
            }
          }
        } catch (FoldbackException e) {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DEFINITION_CHANGED);
        }
      }
    } finally {
      stop.set(true);
      maker.join();
    }
    assertThat(right).isPositive();
  }

  private void makeAnew(AtomicBoolean stop) {
    Random random = new Random();
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; !stop.get(); i++) {
        String table = "bank.h" + i % 2;
        statement.execute("drop table if exists " + table + ", bank.n");
        statement.execute("create table bank.n (id int primary key, v" + i + " int)");
        statement.execute("insert into bank.n values (1," + i + ")");
        statement.execute("rename table bank.n to " + table);
        Thread.sleep(random.nextInt(600));
      }
    } catch (SQLException | InterruptedException e) {
      stop.set(true);
    }
  }

  /** A row is written, then each definition is made to say the row's number. */
  @Test
  void viewsAndProgramsAreNeverLaterThanTheRows() throws Exception {
    server().execute("create table bank.steps (n int primary key)");
    AtomicBoolean stop = new AtomicBoolean();
    Thread changer = Thread.ofPlatform().start(() -> change(stop));
    try (MySqlSource source = MySqlSource.open(plainAccount())) {
      for (int round = 0; round < 15; round++) {
        try (ServerSnapshot snapshot = open(source, options(2))) {
          long last = rows(snapshot, "steps").size();
          snapshot.objects().stream()
              .filter(o -> o.name().equals("changing"))
              .filter(o -> told(snapshot, o.kind()).isEmpty())
              .forEach(
                  o ->
                      assertThat(number(o.definition()))
                          .as("%s of %d rows", o.kind(), last)
                          .isBetween(last - 1, last));
        }
      }
    } finally {
      stop.set(true);
      changer.join();
    }
  }

  private static List<Finding> told(ServerSnapshot snapshot, String kind) {
    return snapshot.findings().stream()
        .filter(f -> f.code().equals("definition-later") && f.subject().startsWith(kind))
        .toList();
  }

  private static long number(String definition) {
    Matcher number = Pattern.compile("1000(\\d+)").matcher(definition);
    assertThat(number.find()).as(definition).isTrue();
    return Long.parseLong(number.group(1));
  }

  private void change(AtomicBoolean stop) {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      Random random = new Random();
      for (int n = 1; !stop.get(); n++) {
        statement.execute("insert into bank.steps values (" + n + ")");
        statement.execute("create or replace view bank.changing as select 1000" + n + " as x");
        statement.execute("drop procedure if exists bank.changing");
        statement.execute("create procedure bank.changing() select 1000" + n);
        statement.execute("drop trigger if exists bank.changing");
        statement.execute(
            "create trigger bank.changing before delete on bank.steps for each row set @x=1000"
                + n);
        Thread.sleep(random.nextInt(150));
      }
    } catch (SQLException | InterruptedException e) {
      stop.set(true);
    }
  }

  /** May not keep DDL from happening. */
  private Endpoint plainAccount() throws SQLException {
    boolean mariaDb = server().kind().mariaDb();
    return account(
        "plain",
        "select, show view, trigger, event, lock tables, replication client, process, reload"
            + (mariaDb ? ", binlog admin" : ", show_routine"));
  }

  @Test
  void readingKeepsNoMetadataLock() throws Exception {
    Endpoint plain =
        account(
            "plain",
            "select, lock tables, replication client, process, reload"
                + (server().kind().mariaDb() ? ", binlog admin" : ""));
    try (MySqlSource source = MySqlSource.open(plain);
        ServerSnapshot snapshot = open(source, options(2))) {
      rows(snapshot, "a");
      assertThat(changed(List.of("alter table bank.a add column c int"))).isTrue();
    }
  }

  @Test
  void aLockThatOthersBlockIsGivenUpAndDoesNotStallWriters() throws Exception {
    server().execute("create table bank.log (id int primary key) engine=myisam");
    try (Connection blocker = server().connect();
        Statement blocking = blocker.createStatement();
        Connection writer = server().connect();
        Statement writing = writer.createStatement();
        MySqlSource source = MySqlSource.open(server().endpoint())) {
      blocking.execute("lock tables bank.log write");
      AtomicLong longest = new AtomicLong();
      AtomicBoolean stop = new AtomicBoolean();
      Thread others =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      long begun = System.nanoTime();
                      try {
                        writing.execute("update bank.a set cents=cents where id=1");
                        Thread.sleep(10);
                      } catch (SQLException | InterruptedException e) {
                        stop.set(true);
                      }
                      longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    }
                  });
      long begun = System.nanoTime();
      Duration wait = Duration.ofSeconds(8);
      SnapshotOptions impatient = new SnapshotOptions(2, wait, 0, Map.of(), false);
      assertThatThrownBy(() -> open(source, impatient))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_NOT_GRANTED));
      // Nobody gives the lock back before this, so without a limit it would never end.
      assertThat(System.nanoTime() - begun).isLessThan(wait.multipliedBy(4).toNanos());
      stop.set(true);
      others.join();
      // About a second; behind a request that stands all the time it would be all of it.
      assertThat(longest.get()).isLessThan(wait.toNanos());
    }
  }

  @Test
  void missingRightsAreNamedWithTheirGrant() throws Exception {
    try (MySqlSource source = MySqlSource.open(account("poor", "show view"))) {
      List<Finding> findings = source.check(BANK);
      assertThat(findings)
          .anySatisfy(
              f -> {
                assertThat(f.severity()).isEqualTo(Finding.Severity.ERROR);
                assertThat(f.hint())
                    .isEqualTo("GRANT SELECT, TRIGGER, EVENT ON `bank`.* TO `poor`@`%`;");
              });
    }
  }

  @Test
  void grantsOnWhatIsIncludedAreEnough() throws Exception {
    Endpoint narrow = bare("narrow");
    server().execute("create view bank.v as select id from bank.a");
    Selection some = new Selection(List.of("bank.a", "bank.v"), List.of());
    try (MySqlSource source = MySqlSource.open(narrow)) {
      assertThat(errors(source, some))
          .contains(
              "GRANT SELECT, SHOW VIEW, TRIGGER ON `bank`.`a` TO `narrow`@`%`;",
              "GRANT SELECT, SHOW VIEW, TRIGGER ON `bank`.`v` TO `narrow`@`%`;");
    }
    grant("narrow", some, narrow);
    try (MySqlSource source = MySqlSource.open(narrow)) {
      assertThat(errors(source, some)).isEmpty();
      try (ServerSnapshot snapshot = source.openSnapshot(some, options(2), Progress.NONE)) {
        assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
        assertThat(snapshot.objects()).anyMatch(o -> o.name().equals("v"));
        assertThat(snapshot.findings()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
      }
      assertThat(errors(source, BANK)).as("the rest of the schema is not seen").isNotEmpty();
    }
  }

  @Test
  void whatIsPrintedForAWholeSchemaIsEnough() throws Exception {
    Endpoint one = bare("one");
    grant("one", BANK, one);
    try (MySqlSource source = MySqlSource.open(one)) {
      assertThat(errors(source, BANK)).isEmpty();
      try (ServerSnapshot snapshot = open(source, options(2))) {
        assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
        assertThat(snapshot.findings()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
      }
    }
  }

  @Test
  void rightsThatComeFromARoleInForceCount() throws Exception {
    Endpoint member = bare("member");
    server().execute("drop role if exists reader", "create role reader");
    try {
      server().execute("grant reader to member");
      grant("reader", BANK, member);
      try (MySqlSource source = MySqlSource.open(member)) {
        assertThat(errors(source, BANK)).as("a role that is not in force").isNotEmpty();
      }
      String role = server().kind().mariaDb() ? "reader for member" : "reader to member";
      server().execute("set default role " + role);
      try (MySqlSource source = MySqlSource.open(member)) {
        assertThat(errors(source, BANK)).isEmpty();
        try (ServerSnapshot snapshot = open(source, options(2))) {
          assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
        }
      }
    } finally {
      server().execute("drop role reader");
    }
  }

  /** An account with no right at all. */
  private Endpoint bare(String name) throws SQLException {
    return account(name, "usage");
  }

  /** Runs what is printed, for that account or role, until nothing more is. */
  private void grant(String to, Selection selection, Endpoint account) throws SQLException {
    List<String> before = List.of();
    try (MySqlSource source = MySqlSource.open(account)) {
      before = errors(source, selection);
    }
    assertThat(before).isNotEmpty().allMatch(hint -> hint.startsWith("GRANT "));
    for (String hint : before) {
      String grantee = hint.substring(hint.lastIndexOf(" TO ") + 4).replace(";", "");
      server().execute(hint.replace(" TO " + grantee, " TO " + to).replace(";", ""));
    }
  }

  private static List<String> errors(MySqlSource source, Selection selection) {
    return source.check(selection).stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .map(Finding::hint)
        .toList();
  }

  @Test
  void anAccountWithEveryRightLacksNone() throws Exception {
    try (MySqlSource source = MySqlSource.open(server().endpoint())) {
      assertThat(source.check(Selection.ALL)).noneMatch(f -> f.code().endsWith("-missing"));
    }
  }

  @Test
  void whatCannotBeConsistentIsRefusedUnlessAllowed() throws Exception {
    server().execute("create table bank.log (id int primary key) engine=myisam");
    try (MySqlSource source =
        MySqlSource.open(account("weak", "select, replication client, process"))) {
      assertThatThrownBy(() -> open(source, options(2)))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONSISTENT));
      SnapshotOptions allowing = new SnapshotOptions(2, Duration.ofSeconds(5), 0, Map.of(), true);
      try (ServerSnapshot snapshot = open(source, allowing)) {
        assertThat(snapshot.findings()).anyMatch(f -> f.code().equals("not-consistent"));
      }
    }
  }

  @Test
  void lostConnectionsLoseTheSnapshotAndSaySo() throws Exception {
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options(2))) {
      killReaders(2);
      assertThatThrownBy(() -> rows(snapshot, "a"))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_LOST));
    }
  }

  @Test
  void aConnectionLostBeforeItsFirstRowIsReplacedByAnother() throws Exception {
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options(3))) {
      killReaders(2);
      assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
    }
  }

  private void killReaders(int count) throws SQLException {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement()) {
      List<String> ids = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select trx_mysql_thread_id from information_schema.innodb_trx order by 1")) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      assumeThat(ids.size()).isGreaterThanOrEqualTo(count);
      for (String id : ids.subList(0, count)) {
        statement.execute("kill " + id);
      }
    }
  }

  @Test
  void readingPausesWhileTheLoadIsAboveItsLimit() throws Exception {
    ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    Progress progress =
        new Progress() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    SnapshotOptions options =
        new SnapshotOptions(1, Duration.ofSeconds(5), 0, Map.of("Threads_connected", 1L), false);
    server().execute("insert into bank.a select 1000+id, repeat(9,5) from bank.a");
    StringBuilder many = new StringBuilder("create table bank.c as select a.id, repeat('x',900) t");
    many.append(" from bank.a a, bank.b b");
    server().execute(many.toString());
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = source.openSnapshot(BANK, options, progress)) {
      AtomicBoolean done = new AtomicBoolean();
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      rows(snapshot, "c");
                      done.set(true);
                    } catch (FoldbackException e) {
                      done.set(false);
                    }
                  });
      long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (notes.stream().noneMatch(n -> n.contains("paused: Threads_connected is"))) {
        assertThat(System.nanoTime()).as("%s", notes).isLessThan(limit);
        Thread.sleep(10);
      }
      Thread.sleep(1000);
      assertThat(done).isFalse();
      reader.interrupt();
      reader.join(Duration.ofSeconds(60));
      assertThat(reader.isAlive()).isFalse();
    }
  }

  @Test
  void readingKeepsToItsRate() throws Exception {
    server()
        .execute("create table bank.c as select a.id, repeat('x',100) t from bank.a a, bank.b b");
    long bytes = ACCOUNTS * ACCOUNTS * 104;
    SnapshotOptions options =
        new SnapshotOptions(2, Duration.ofSeconds(5), bytes / 2, Map.of(), false);
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options)) {
      long begun = System.nanoTime();
      rows(snapshot, "c");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(40));
    }
  }

  @Test
  void ownReadersAreNoLoadAndReadingGoesOnAfterAPause() throws Exception {
    for (String table : List.of("c", "d")) {
      server()
          .execute(
              "create table bank."
                  + table
                  + " as select a.id, repeat('x',900) t from bank.a a, bank.b b");
    }
    long idle = Long.parseLong(status("Threads_running"));
    ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    SnapshotOptions options =
        new SnapshotOptions(2, Duration.ofSeconds(5), 0, Map.of("Threads_running", idle), false);
    CountDownLatch held = new CountDownLatch(1);
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = source.openSnapshot(BANK, options, noting(notes));
        Connection one = server().connect();
        Statement busy = one.createStatement();
        Connection two = server().connect();
        Statement busyToo = two.createStatement();
        // Closed first: a reader that stands still would keep its connection from being closed.
        AutoCloseable letGo = held::countDown) {
      AtomicLong read = new AtomicLong();
      List<Thread> readers = new ArrayList<>();
      for (String table : List.of("c", "d")) {
        readers.add(
            Thread.ofPlatform().start(() -> read.addAndGet(holding(snapshot, table, held))));
      }
      awaitStatus("Threads_running", idle + 2);
      notes.clear();
      await(() -> notes.size() >= 3);
      assertThat(notes).allMatch(n -> n.matches("one position held for \\d+ s"));
      List<Thread> busied = new ArrayList<>();
      for (Statement statement : List.of(busy, busyToo)) {
        busied.add(Thread.ofPlatform().start(() -> sleep(statement)));
      }
      await(() -> notes.stream().anyMatch(n -> n.contains(", paused: Threads_running is")));
      held.countDown();
      Thread.sleep(500);
      assertThat(read).as("held by the pause").hasValue(0);
      for (Thread thread : busied) {
        thread.join();
      }
      for (Thread reader : readers) {
        reader.join(Duration.ofSeconds(60));
      }
      assertThat(read).hasValue(2 * ACCOUNTS * ACCOUNTS);
      assertThat(snapshot.complete()).noneMatch(f -> f.code().equals("load-unseen"));
    }
  }

  private static void sleep(Statement statement) {
    try {
      statement.execute("do sleep(4)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a table, and stands still at its first row until let go. */
  private static long holding(ServerSnapshot snapshot, String table, CountDownLatch until) {
    CollectingSink sink =
        new CollectingSink() {
          @Override
          public void endRow() {
            super.endRow();
            try {
              until.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    TableDefinition definition =
        snapshot.tables().stream()
            .filter(t -> t.name().table().equals(table))
            .findFirst()
            .orElseThrow();
    return snapshot.read(definition, definition.slices().getFirst(), sink);
  }

  private static Progress noting(ConcurrentLinkedQueue<String> notes) {
    return new Progress() {
      @Override
      public void note(String text) {
        notes.add(text);
      }
    };
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(20);
    }
  }

  private void awaitStatus(String name, long least) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (Long.parseLong(status(name)) < least) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(50);
    }
  }

  private String status(String name) throws SQLException {
    return value("show global status like '" + name + "'", 2);
  }

  private String value(String sql, int column) throws SQLException {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(column);
    }
  }

  @Test
  void aLimitOnWhatTheServerDoesNotShowIsRefused() throws Exception {
    try (MySqlSource source = MySqlSource.open(server().endpoint())) {
      for (String name : List.of("Thread_running", "Threads-Running", "threadsrunning")) {
        assertThatThrownBy(() -> open(source, limited(name)))
            .isInstanceOfSatisfying(
                FoldbackException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
                  assertThat(e).hasMessageContaining(name);
                  assertThat(e.hint()).contains("Did you mean Threads_running?");
                });
      }
      try (ServerSnapshot snapshot = open(source, limited("Seconds_Behind_Source"))) {
        assertThat(snapshot.findings())
            .as("a server that follows none")
            .anyMatch(f -> f.code().equals("load-unseen"));
      }
    }
    try (MySqlSource source = MySqlSource.open(account("blind", "select, reload"))) {
      assertThatThrownBy(() -> open(source, limited("Seconds_Behind_Master")))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
                assertThat(e.hint())
                    .startsWith(
                        server().kind().mariaDb()
                            ? "GRANT REPLICA MONITOR ON *.* TO 'blind'"
                            : "GRANT REPLICATION CLIENT ON *.* TO 'blind'");
              });
    }
    try (MySqlSource source = MySqlSource.open(account("seeing", grantsToSee()));
        ServerSnapshot snapshot = open(source, limited("Seconds_Behind_Master"))) {
      assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
    }
  }

  private String grantsToSee() {
    return "select, reload, replication client"
        + (server().kind().mariaDb() ? ", replica monitor" : "");
  }

  private static SnapshotOptions limited(String name) {
    return new SnapshotOptions(2, Duration.ofSeconds(10), 0, Map.of(name, 9L), false);
  }

  @Test
  void aLoadThatCanNoLongerBeSeenIsTold() throws Exception {
    ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    try (MySqlSource source = MySqlSource.open(server().endpoint())) {
      long before = Long.parseLong(value("select connection_id()", 1));
      try (ServerSnapshot snapshot =
          source.openSnapshot(BANK, limited("Threads_running"), noting(notes))) {
        String first =
            value(
                "select min(id) from information_schema.processlist where user='"
                    + server().user()
                    + "' and id > "
                    + before,
                1);
        server().execute("kill " + first);
        await(() -> notes.stream().anyMatch(n -> n.endsWith("load can't be seen")));
        assertThat(notes.stream().filter(n -> n.endsWith("load can't be seen")))
            .allMatch(n -> n.startsWith("one position held for "));
        assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
        assertThat(snapshot.complete()).anyMatch(f -> f.code().equals("load-unseen"));
      }
    }
  }

  @Test
  void readersThatWaitInTheirTransactionsAreNotEnded() throws Exception {
    assumeThat(server().kind().mariaDb()).isTrue();
    String timeouts =
        "set global idle_transaction_timeout=%1$d, idle_readonly_transaction_timeout=%1$d,"
            + " idle_write_transaction_timeout=%1$d";
    server().execute(timeouts.formatted(1));
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = open(source, options(2))) {
      Thread.sleep(Duration.ofMillis(2500));
      assertThat(rows(snapshot, "a")).hasSize((int) ACCOUNTS);
      assertThat(rows(snapshot, "b")).hasSize((int) ACCOUNTS);
    } finally {
      server().execute(timeouts.formatted(0));
    }
  }

  @Test
  void writersThatWaitForTheGlobalLockDoNotKeepTheTablesFromBeingLocked() throws Exception {
    server().execute("create table bank.log (id int primary key) engine=myisam");
    Connector connector = Connector.to(server().endpoint());
    AtomicBoolean written = new AtomicBoolean();
    try (Connection writer = server().connect();
        Statement writing = writer.createStatement()) {
      Thread queued;
      try (ServerLock global =
          server().kind().mariaDb()
              ? ServerLock.backupStage(connector, Duration.ofSeconds(5))
              : ServerLock.global(connector, Duration.ofSeconds(5))) {
        queued = Thread.ofPlatform().start(() -> written.set(isWritten(writing)));
        Thread.sleep(3000);
        assertThat(written).isFalse();
        long begun = System.nanoTime();
        try (ServerLock tables =
            ServerLock.tablesAtOnce(connector, List.of(new TableName("bank", "log")))
                .orElseThrow()) {
          assertThat(tables.isHeld()).isTrue();
          assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(2).toNanos());
        }
        assertThat(global.isHeld()).isTrue();
      }
      queued.join();
      assertThat(written).isTrue();
    }
  }

  private static boolean isWritten(Statement statement) {
    try {
      return statement.executeUpdate("insert into bank.log values (1)") == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void aTableLockThatIsNotGrantedAtOnceIsGivenUp() throws Exception {
    Connector connector = Connector.to(server().endpoint());
    try (Connection holder = server().connect();
        Statement holding = holder.createStatement()) {
      holding.execute("lock tables bank.a write");
      long begun = System.nanoTime();
      assertThat(ServerLock.tablesAtOnce(connector, List.of(new TableName("bank", "a")))).isEmpty();
      assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(4).toNanos());
    }
  }

  /** The lock is taken anew, or the start fails where it is lost each time. */
  @Test
  void aLockThatIsLostWhileTransactionsAreStartedIsNoticed() throws Exception {
    server().execute("create table bank.log (id int primary key) engine=myisam");
    Connector connector = Connector.to(server().endpoint());
    for (int losses : List.of(1, 100)) {
      AtomicInteger left = new AtomicInteger(losses);
      try (Connection one = connector.open("definitions");
          Connection real = connector.openForRows("read")) {
        Connection reader = before(real, "START TRANSACTION", () -> killNewest(left));
        ConsistentStart start =
            new ConsistentStart(
                connector,
                ServerFacts.read(one, connector.flavor()),
                options(1),
                List.of(reader),
                Listing.read(List.of(one), connector.flavor(), BANK));
        if (losses > 1) {
          assertThatThrownBy(start::run)
              .isInstanceOfSatisfying(
                  FoldbackException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_LOST));
        } else {
          ConsistentStart.Start started = start.run();
          assertThat(left).hasValue(0);
          ServerLock held = Objects.requireNonNull(started.held());
          assertThat(held.isHeld()).isTrue();
          held.close();
        }
      }
    }
  }

  private void killNewest(AtomicInteger left) {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      try (Connection connection = server().connect();
          Statement statement = connection.createStatement()) {
        String newest;
        try (ResultSet row =
            statement.executeQuery(
                "select max(id) from information_schema.processlist where id < connection_id()"
                    + " and user='"
                    + server().user()
                    + "'")) {
          row.next();
          newest = row.getString(1);
        }
        statement.execute("kill " + newest);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A connection that does something else first, each time a statement that begins so is run. */
  private static Connection before(Connection real, String statement, Runnable action) {
    return proxy(
        Connection.class,
        real,
        (method, result) ->
            method.equals("createStatement")
                ? proxy(Statement.class, result, (m, r) -> r, statement, action)
                : result,
        statement,
        action);
  }

  private static <T> T proxy(
      Class<T> type,
      Object real,
      BiFunction<String, Object, Object> results,
      String prefix,
      Runnable action) {
    return type.cast(
        Proxy.newProxyInstance(
            SnapshotContract.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("execute")
                  && String.valueOf(arguments[0]).startsWith(prefix)) {
                action.run();
              }
              try {
                return results.apply(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void whatIsAlteredOfAViewOrLibraryShows() throws Exception {
    server().execute("create view bank.v as select id from bank.a where id > 1");
    List<String> changes =
        new ArrayList<>(
            List.of(
                "alter definer='other'@'%' view bank.v as select id from bank.a where id > 1",
                "alter definer='other'@'%' view bank.v as select id from bank.a where id > 1"
                    + " with cascaded check option",
                "alter definer='other'@'%' sql security invoker view bank.v as select id from"
                    + " bank.a where id > 1 with cascaded check option"));
    boolean libraries = server().kind() == ServerKind.MYSQL_9_7;
    if (libraries) {
      changes.add("create library bank.l language javascript as 'export function f() {}'");
      changes.add("drop library bank.l");
    }
    Connector connector = Connector.to(server().endpoint());
    try (Connection connection = connector.open("definitions")) {
      Listing before = Listing.read(List.of(connection), connector.flavor(), BANK);
      assertThat(
              before.changedPrograms(Listing.read(List.of(connection), connector.flavor(), BANK)))
          .isEmpty();
      for (String change : changes) {
        server().execute(change);
        Listing after = Listing.read(List.of(connection), connector.flavor(), BANK);
        assertThat(before.changedPrograms(after)).as(change).hasSize(1);
        before = after;
      }
    }
  }

  /** They are somebody's where the server minds case, as on Linux. */
  @Test
  void schemasThatAreCalledAlmostLikeTheServersOwnAreCarried() throws Exception {
    List<String> names = List.of("SYS", "MySQL", "ndbinfo", "Performance_Schema2");
    List<String> many = IntStream.range(0, 9).mapToObj(i -> "bank_" + i).toList();
    try {
      for (String name : names) {
        server()
            .execute("create database `" + name + "`", "create table `" + name + "`.t (id int)");
        server().execute("insert into `" + name + "`.t values (7)");
      }
      carries(new Selection(names, List.of()), names);
      for (String name : many) {
        server().execute("create database " + name);
      }
      carries(Selection.ALL, names);
    } finally {
      for (String name : names) {
        server().execute("drop database if exists `" + name + "`");
      }
      for (String name : many) {
        server().execute("drop database if exists " + name);
      }
    }
  }

  private void carries(Selection selection, List<String> names) {
    try (MySqlSource source = MySqlSource.open(server().endpoint());
        ServerSnapshot snapshot = source.openSnapshot(selection, options(2), Progress.NONE)) {
      assertThat(snapshot.objects().stream().filter(o -> o.kind().equals("schema")))
          .extracting(o -> o.name())
          .containsAll(names)
          .doesNotContain("mysql", "sys", "information_schema", "performance_schema");
      for (String name : names) {
        TableDefinition table =
            snapshot.tables().stream()
                .filter(t -> t.name().equals(new TableName(name, "t")))
                .findFirst()
                .orElseThrow();
        CollectingSink sink = new CollectingSink();
        snapshot.read(table, table.slices().getFirst(), sink);
        assertThat(sink.rows).containsExactly("7");
      }
      assertThat(snapshot.findings()).noneMatch(f -> f.subject().contains("sys.t"));
    }
  }

  /** The account is made anew with just these rights on everything. */
  private Endpoint account(String name, String rights) throws SQLException {
    String password = "p" + new Random().nextLong();
    made.add(name);
    server()
        .execute(
            "drop user if exists " + name,
            "create user " + name + " identified by '" + password + "'",
            "grant " + rights + " on *.* to " + name);
    Endpoint all = server().endpoint();
    return new Endpoint(
        all.scheme(), all.host(), all.port(), name, new Secret(password), null, Map.of());
  }

  static SnapshotOptions options(int threads) {
    return new SnapshotOptions(threads, Duration.ofSeconds(10), 0, Map.of(), false);
  }

  static ServerSnapshot open(MySqlSource source, SnapshotOptions options) {
    return source.openSnapshot(BANK, options, Progress.NONE);
  }

  static List<String> rows(ServerSnapshot snapshot, String table) {
    TableDefinition definition =
        snapshot.tables().stream()
            .filter(t -> t.name().table().equals(table))
            .findFirst()
            .orElseThrow();
    CollectingSink sink = new CollectingSink();
    for (Slice slice : definition.slices()) {
      snapshot.read(definition, slice, sink);
    }
    return sink.rows;
  }

  static long sum(ServerSnapshot snapshot) throws InterruptedException {
    AtomicLong sum = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    ConcurrentLinkedQueue<FoldbackException> failures = new ConcurrentLinkedQueue<>();
    for (String table : List.of("a", "b")) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      rows(snapshot, table)
                          .forEach(r -> sum.addAndGet(Long.parseLong(r.split("\t", -1)[1])));
                    } catch (FoldbackException e) {
                      failures.add(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    @Nullable FoldbackException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return sum.get();
  }

  /** Moves money between the two tables without end. */
  static final class Transfers implements AutoCloseable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong done = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    Transfers(TestServer server) {
      for (int i = 0; i < 3; i++) {
        Random random = new Random(i);
        threads.add(Thread.ofPlatform().start(() -> run(server, random)));
      }
    }

    private void run(TestServer server, Random random) {
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        while (!stop.get()) {
          int cents = random.nextInt(50);
          int from = random.nextInt((int) ACCOUNTS);
          int to = random.nextInt((int) ACCOUNTS);
          try {
            statement.execute("update bank.a set cents=cents-" + cents + " where id=" + from);
            statement.execute("update bank.b set cents=cents+" + cents + " where id=" + to);
            connection.commit();
            done.incrementAndGet();
          } catch (SQLTransactionRollbackException e) {
            // A deadlock with LOCK TABLES: applications begin such a transaction again.
            connection.rollback();
          }
        }
      } catch (SQLException e) {
        stop.set(true);
      }
    }

    /** Waits for so many transfers more. */
    void awaitMore(int count) throws InterruptedException {
      long goal = done.get() + count;
      while (done.get() < goal) {
        assertThat(stop).as("a transfer failed").isFalse();
        Thread.sleep(1);
      }
    }

    @Override
    public void close() throws InterruptedException {
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
