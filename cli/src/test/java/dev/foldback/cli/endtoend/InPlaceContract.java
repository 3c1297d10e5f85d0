package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.Cut;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.restore.RestoreResult;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores over what is there: whole or not at all, and nothing lost. */
abstract class InPlaceContract {
  private static final Selection SHOP = new Selection(List.of("shop"), List.of());

  private TestServer server;
  private Rig rig;

  abstract ServerKind kind();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = TestServers.fresh(kind(), ServerOptions.quick().with("--binlog-format=ROW"));
    rig = Rig.init(folder);
    Shop.fill(server, 3000);
    server.execute(
        "CREATE TABLE shop.audit (n INT NOT NULL AUTO_INCREMENT PRIMARY KEY, what VARCHAR(99))",
        "CREATE TRIGGER shop.noted AFTER UPDATE ON shop.customer FOR EACH ROW"
            + " INSERT INTO shop.audit (what) VALUES (CONCAT(OLD.name, ' to ', NEW.name))",
        "CREATE TRIGGER shop.named BEFORE INSERT ON shop.customer FOR EACH ROW"
            + " SET NEW.name = TRIM(NEW.name)",
        "CREATE FUNCTION shop.twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n",
        "CREATE PROCEDURE shop.tidy() DELETE FROM shop.audit",
        "CREATE EVENT shop.daily ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO CALL"
            + " shop.tidy()",
        "CREATE DATABASE crm",
        "CREATE TABLE crm.note (id INT PRIMARY KEY, customer INT, CONSTRAINT about FOREIGN KEY"
            + " (customer) REFERENCES shop.customer (id) ON DELETE CASCADE)",
        "INSERT INTO crm.note VALUES (1, 1), (2, 17), (3, NULL)");
    rig.backup(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What people regret at 3 a.m. */
  private void damage() throws SQLException {
    damageAllButTheSchema();
    server.execute("ALTER DATABASE shop CHARACTER SET latin1");
  }

  private void damageAllButTheSchema() throws SQLException {
    server.execute(
        "UPDATE shop.customer SET name = 'oops'",
        "DELETE FROM shop.item WHERE orders % 2 = 0",
        "DROP TABLE shop.blank",
        "ALTER TABLE shop.visit ADD COLUMN later INT",
        "CREATE TABLE shop.after (id INT PRIMARY KEY, customer INT, FOREIGN KEY (customer)"
            + " REFERENCES shop.customer (id))",
        "INSERT INTO shop.after VALUES (1, 1)",
        "CREATE TRIGGER shop.more BEFORE DELETE ON shop.customer FOR EACH ROW SET @a = 1",
        "DROP TRIGGER shop.noted",
        "DROP FUNCTION shop.twice",
        "CREATE FUNCTION shop.twice(n INT) RETURNS INT DETERMINISTIC RETURN n + n + 0",
        "CREATE VIEW shop.extra AS SELECT id FROM shop.after",
        "ALTER EVENT shop.daily DISABLE");
  }

  @Test
  void aSchemaComesBackAndWhatWasThereIsKeptPutBackAndReleased() throws Exception {
    Map<String, String> before = state("shop");
    Map<String, String> crm = state("crm");
    damage();
    Map<String, String> damaged = state("shop");

    RestoreResult result = inPlace(SHOP);

    assertThat(result.complete()).as(result.findings().toString()).isTrue();
    assertSame(state("shop"), before);
    assertSame(state("crm"), crm);
    assertThat(query("SHOW DATABASES LIKE 'foldback\\_swap%'")).isEmpty();
    assertThat(query("SHOW DATABASES LIKE 'foldback\\_restore%'")).isEmpty();
    keysAndTriggersWork();

    KeptTables kept = kept().getFirst();
    assertThat(kept.ended()).isTrue();
    assertThat(kept.tables()).hasSize(6);
    assertThat(
            query(
                "SELECT COUNT(*) FROM "
                    + kept.schemas().getFirst()
                    + ".customer WHERE name='oops'"))
        .containsExactly("3000");

    server.execute("UPDATE shop.customer SET name='restored' WHERE id=3");
    Map<String, String> restored = state("shop");
    String second = putBack(kept.id()).id();
    assertSame(state("shop"), damaged);
    assertSame(state("crm"), crm);
    assertThat(kept()).extracting(KeptTables::id).containsExactly(second);

    String third = putBack(second).id();
    assertSame(state("shop"), restored);
    release(third);
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
    assertSame(state("shop"), restored);
  }

  private void keysAndTriggersWork() throws SQLException {
    assertThatThrownBy(() -> server.execute("INSERT INTO crm.note VALUES (9, 999999)"))
        .isInstanceOf(SQLException.class);
    server.execute(
        "INSERT INTO shop.customer (id, email, name) VALUES (70000, 'x', ' y ')",
        "INSERT INTO crm.note VALUES (9, 70000)",
        "UPDATE shop.customer SET name = 'z' WHERE id = 70000");
    assertThat(query("SELECT what FROM shop.audit")).containsExactly("y to z");
    server.execute("DELETE FROM shop.customer WHERE id = 70000", "CALL shop.tidy()");
    assertThat(query("SELECT id FROM crm.note ORDER BY id")).containsExactly("1", "2", "3");
  }

  @Test
  void oneTableComesBackAndTheOthersPointToIt() throws Exception {
    Map<String, String> before = state("shop");
    server.execute(
        "UPDATE shop.customer SET score = 9 WHERE id < 50", "CREATE TABLE shop.after (id INT)");
    RestoreResult result = inPlace(new Selection(List.of("shop.customer"), List.of()));
    assertThat(result.complete()).as(result.findings().toString()).isTrue();
    Map<String, String> after = state("shop");
    assertThat(after.remove("table after")).isNotNull();
    assertThat(after.remove("rows after")).isEqualTo("0");
    before.put("rows audit", after.get("rows audit"));
    before.put("table audit", after.get("table audit"));
    assertSame(after, before);
    server.execute("CALL shop.tidy()");
    keysAndTriggersWork();
    assertThatThrownBy(
            () ->
                server.execute(
                    "INSERT INTO shop.orders (customer, placed) VALUES (999999, '2026-01-01')"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void rowsThatStayAreNotLeftWithoutTheirParents() throws Exception {
    server.execute(
        "INSERT INTO shop.customer (id, email) VALUES (80000, 'new')",
        "INSERT INTO crm.note VALUES (8, 80000)");
    Map<String, String> before = state("shop");
    Map<String, String> crm = state("crm");
    assertThatThrownBy(() -> inPlace(SHOP))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RESTORABLE))
        .hasMessageContaining("crm.note")
        .hasMessageContaining("1 rows");
    assertSame(state("shop"), before);
    assertSame(state("crm"), crm);
    server.execute("DELETE FROM crm.note WHERE id=8");
    RestoreResult again = inPlace(SHOP);
    assertThat(again.findings()).extracting(Finding::code).contains("resumed");
    assertThat(query("SELECT COUNT(*) FROM shop.customer WHERE id=80000")).containsExactly("0");
  }

  @Test
  void whatARestoreInPlaceLeftIsListedAndGoesWhenItIsGivenUp() throws Exception {
    server.execute(
        "INSERT INTO shop.customer (id, email) VALUES (80000, 'new')",
        "INSERT INTO crm.note VALUES (8, 80000)");
    Map<String, String> before = state("shop");
    assertThatThrownBy(() -> inPlace(SHOP)).hasMessageContaining("crm.note");
    assertThat(kept()).isEmpty();

    Unfinished left = unfinished();
    assertThat(left.kind()).isEqualTo(Unfinished.Kind.IN_PLACE);
    assertThat(left.running()).isFalse();
    assertThat(left.schemas()).isEqualTo(query("SHOW DATABASES LIKE 'foldback\\_swap%'"));
    assertThat(left.tables())
        .extracting(TableName::table)
        .containsExactlyInAnyOrderElementsOf(tables("shop"));
    assertThat(left.tables()).allMatch(table -> left.schemas().contains(table.schema()));
    assertThat(left.bytes()).isPositive();
    assertThat(left.since().orElseThrow())
        .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));

    try (Connection run = server.connect();
        Statement statement = run.createStatement()) {
      statement.executeQuery("SELECT GET_LOCK('foldback_restore', 0)").close();
      assertThat(unfinished().running()).as("a run holds the lock").isTrue();
      assertThatThrownBy(() -> giveUp(left.id()))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD));
    }
    String mine = left.schemas().getFirst() + ".mine";
    server.execute("CREATE TABLE " + mine + " (id INT)");
    assertThatThrownBy(() -> giveUp(left.id())).hasMessageContaining(mine);
    server.execute("DROP TABLE " + mine);
    assertThat(unfinished().tables()).as("nothing of it was removed").isEqualTo(left.tables());

    assertThat(giveUp(left.id()).tables()).isEqualTo(left.tables());
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
    assertSame(state("shop"), before);
    assertThatThrownBy(() -> giveUp(left.id())).hasMessageContaining("nothing unfinished");

    server.execute("DELETE FROM crm.note WHERE id=8");
    assertThat(inPlace(SHOP).findings()).extracting(Finding::code).doesNotContain("resumed");
  }

  @Test
  void aRestoreBesideThatIsGivenUpLeavesItsTables() throws Exception {
    Progress stopping = new Stopping("compare");
    Renames copy = new Renames(Map.of("shop", "copied"), Map.of());
    assertThatThrownBy(
            () ->
                rig.restore(
                    server.endpoint(), new Cut.End(), SHOP, copy, Existing.REFUSE, stopping))
        .hasMessageContaining("stopped");
    Unfinished left = unfinished();
    assertThat(left.kind()).isEqualTo(Unfinished.Kind.BESIDE);
    assertThat(left.schemas()).isEmpty();
    assertThat(left.tables())
        .allMatch(table -> table.schema().equals("copied"))
        .hasSameSizeAs(tables("shop"));
    Map<String, String> copied = state("copied");

    giveUp(left.id());
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
    assertSame(state("copied"), copied);
    assertThat(copied.get("rows item")).isEqualTo(state("shop").get("rows item"));
  }

  /** Fails when a phase begins. */
  private record Stopping(String phase) implements Progress {
    @Override
    public void phase(String name, long rows, long bytes) {
      if (name.equals(phase)) {
        throw new IllegalStateException("stopped");
      }
    }
  }

  @Test
  void copiesGoUnlessTheirRunLivesAndWhatWasPutAsideWithoutANoteStays() throws Exception {
    server.execute(
        "CREATE DATABASE foldback_stage_abc_0",
        "CREATE DATABASE foldback_stage_abc_r1_0",
        "CREATE TABLE foldback_stage_abc_0.t (id INT)");
    Unfinished copies = unfinished();
    assertThat(copies.kind()).isEqualTo(Unfinished.Kind.COPIES);
    assertThat(copies.id()).isEqualTo("abc");
    assertThat(copies.schemas()).containsExactly("foldback_stage_abc_0", "foldback_stage_abc_r1_0");
    try (Connection run = server.connect();
        Statement statement = run.createStatement()) {
      statement.executeQuery("SELECT GET_LOCK('foldback_stage_abc', 0)").close();
      assertThat(unfinished().running()).isTrue();
      assertThatThrownBy(() -> giveUp("abc"))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD));
    }
    giveUp("abc");
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();

    server.execute(
        "CREATE DATABASE foldback_kept_20200101000000_0",
        "CREATE TABLE foldback_kept_20200101000000_0.t (id INT)");
    assertThat(unfinished().kind()).isEqualTo(Unfinished.Kind.UNNOTED);
    assertThatThrownBy(() -> giveUp("20200101000000")).hasMessageContaining("it is left as it is");
    assertThat(unfinished().tables()).hasSize(1);
  }

  @Test
  void whoReadsMeanwhileSeesOldOrNewAndNothingElse() throws Exception {
    // MySQL itself lets readers fail with a deadlock while their schema is altered.
    damageAllButTheSchema();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<List<String>> seen = executor.submit(() -> watch(done));
      inPlace(SHOP);
      done.set(true);
      assertThat(seen.get()).containsExactly("3000 1500", "0 3000");
    }
  }

  /** Both tables in one statement, over and over; every answer that differs from the last. */
  private List<String> watch(AtomicBoolean done) throws SQLException {
    List<String> seen = new ArrayList<>();
    boolean last = false;
    while (!last) {
      last = done.get();
      String now =
          query(
                  "SELECT CONCAT((SELECT COUNT(*) FROM shop.customer WHERE name='oops'), ' ',"
                      + " (SELECT COUNT(*) FROM shop.item))")
              .getFirst();
      if (seen.isEmpty() || !seen.getLast().equals(now)) {
        seen.add(now);
      }
    }
    return seen;
  }

  @Test
  void aKillAtAnyMomentLeavesOldOrNew() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    Map<String, String> before = state("shop");
    damage();
    Map<String, String> damaged = state("shop");
    long longest = 1800;
    boolean restored = false;
    for (int i = 0; i < 12 && !restored; i++) {
      Process child = ChildProcess.start("in-place", rig, server);
      if (i % 3 == 2) {
        // Around where tables change places, which is but a moment of it all.
        awaitPhase(child, "compare", i == 0 ? 0 : phases("compare"));
        ChildProcess.killAfter(child, random.nextLong(400));
      } else if (ChildProcess.killAfter(child, 500 + random.nextLong(longest))) {
        longest += 200;
      }
      awaitEndOfRequest();
      String old = rowsOf(damaged);
      String now = rowsOf(state("shop"));
      assertThat(now).as("seed " + seed + " round " + i).isIn(old, rowsOf(before));
      restored = now.equals(rowsOf(before));
    }
    settle();
    assertSame(state("shop"), restored ? before : damaged);
    if (!restored) {
      inPlace(SHOP);
      assertSame(state("shop"), before);
    }
    for (KeptTables kept : kept()) {
      release(kept.id());
    }
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
  }

  /**
   * @param seen how often earlier processes came to it
   */
  private void awaitPhase(Process child, String phase, long seen) throws Exception {
    while (child.isAlive() && phases(phase) <= seen) {
      Thread.sleep(5);
    }
  }

  private long phases(String phase) throws IOException {
    Path log = rig.folder().resolve("child.log");
    return Files.exists(log)
        ? Files.readAllLines(log).stream().filter(("phase " + phase)::equals).count()
        : 0;
  }

  @Test
  void aKillWhilePuttingBackLeavesTheOneOrTheOther() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    Map<String, String> restored = state("shop");
    damage();
    Map<String, String> damaged = state("shop");
    inPlace(SHOP);
    List<String> both = List.of(rowsOf(restored), rowsOf(damaged));
    for (int i = 0; i < Integer.getInteger("kills", 4); i++) {
      Process child = ChildProcess.start("put-back", rig, server);
      awaitPhase(child, "end", i);
      ChildProcess.killAfter(child, random.nextLong(600));
      awaitEndOfRequest();
      assertThat(rowsOf(state("shop"))).as("seed " + seed + " round " + i).isIn(both);
      settle();
      Map<String, String> now = state("shop");
      assertSame(now, rowsOf(now).equals(both.getFirst()) ? restored : damaged);
      assertThat(kept()).hasSize(1);
    }
    release(kept().getFirst().id());
    assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
  }

  @Test
  void aKillInAReleaseHarmsOnlyWhatIsReleased() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    for (int i = 0; i < Integer.getInteger("kills", 3); i++) {
      server.execute("UPDATE shop.customer SET score = " + i);
      inPlace(SHOP);
      Map<String, String> restored = state("shop");
      Process child = ChildProcess.start("release", rig, server);
      awaitPhase(child, "end", i);
      ChildProcess.killAfter(child, random.nextLong(120));
      awaitEndOfRequest();
      assertSame(state("shop"), restored);
      List<KeptTables> kept = kept();
      assertThat(kept).as("seed " + seed + " round " + i).hasSizeLessThan(2);
      for (KeptTables left : kept) {
        release(left.id());
      }
      settle();
      assertThat(query("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
      assertSame(state("shop"), restored);
    }
  }

  @Test
  void aKillWhileTheTablesAreInUseLeavesOldOrNew() throws Exception {
    Map<String, String> before = state("shop");
    damage();
    Map<String, String> damaged = state("shop");
    Process child;
    try (Connection reader = server.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT COUNT(*) FROM shop.customer").close();
      child = ChildProcess.start("in-place", rig, server);
      awaitWaiting();
      child.destroyForcibly().waitFor();
      assertSame(state("shop"), damaged);
      reader.rollback();
    }
    awaitEndOfRequest();
    boolean swapped = rowsOf(state("shop")).equals(rowsOf(before));
    settle();
    assertSame(state("shop"), swapped ? before : damaged);
    if (!swapped) {
      inPlace(SHOP);
      assertSame(state("shop"), before);
    }
  }

  private void awaitWaiting() throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (query(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table"
                + " metadata lock%'")
        .isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(20);
    }
  }

  @Test
  void aRunThatWasCutOffBeforeItsLastStepsIsBroughtToItsEndByTheNext() throws Exception {
    Map<String, String> before = state("shop");
    damage();
    inPlace(SHOP);
    String id = kept().getFirst().id();
    // As it is after the request that renames: programs not made, and the note says so.
    server.execute(
        "UPDATE foldback_kept.swap SET state='BEGUN'",
        "DROP TRIGGER shop.noted",
        "DROP FUNCTION shop.twice",
        "DROP EVENT shop.daily",
        "CREATE VIEW shop.extra AS SELECT 1",
        "ALTER DATABASE shop CHARACTER SET latin1");
    assertThat(kept().getFirst().ended()).isFalse();
    assertThatThrownBy(() -> inPlace(SHOP))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESTORE_ENDED));
    assertSame(state("shop"), before);
    assertThat(kept()).extracting(KeptTables::id).containsExactly(id);
    assertThat(kept().getFirst().ended()).isTrue();
  }

  /** The server may still be at what the killed process asked for last. */
  private void awaitEndOfRequest() throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!query(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND COMMAND"
                + " NOT IN ('Daemon', 'Binlog Dump') AND USER NOT IN ('event_scheduler', 'system"
                + " user')")
        .isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.sleep(50);
    }
  }

  private static String rowsOf(Map<String, String> state) {
    StringBuilder rows = new StringBuilder();
    state.forEach(
        (key, value) -> {
          if (key.startsWith("rows ") || key.startsWith("table ")) {
            rows.append(key).append('=').append(value).append('\n');
          }
        });
    return rows.toString();
  }

  /** Any release brings what was cut off to an end. */
  private void settle() {
    assertThatThrownBy(() -> release("none")).hasMessageContaining("nothing is kept");
  }

  @Test
  void theLogGoesOnThroughIt() throws Exception {
    Map<String, String> before = state("shop");
    damage();
    inPlace(SHOP);
    server.execute("UPDATE shop.customer SET name='since' WHERE id=7");
    rig.capture(server.endpoint(), true, false, Progress.NONE);
    try (TestServer other = TestServers.fresh(kind())) {
      rig.restore(other.endpoint(), SHOP, Renames.NONE, Existing.REFUSE, Progress.NONE);
      assertThat(other.texts("SELECT name FROM shop.customer WHERE id=7")).containsExactly("since");
      assertThat(other.texts("CHECKSUM TABLE shop.item"))
          .containsExactly("shop.item", before.get("rows item"));
      assertSame(state(other, "shop"), state("shop"));
      assertThat(other.texts("SHOW DATABASES LIKE 'foldback%'")).isEmpty();
    }
  }

  /** Shows only what differs. */
  private static void assertSame(Map<String, String> now, Map<String, String> wanted) {
    Map<String, String> a = new TreeMap<>(now);
    Map<String, String> b = new TreeMap<>(wanted);
    a.entrySet().removeAll(wanted.entrySet());
    b.entrySet().removeAll(now.entrySet());
    assertThat(a).isEqualTo(b);
  }

  private RestoreResult inPlace(Selection selection) {
    return rig.restore(
        server.endpoint(), new Cut.End(), selection, Renames.NONE, Existing.SWAP, Progress.NONE);
  }

  private List<KeptTables> kept() {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      return target.kept();
    }
  }

  /** The only one. */
  private Unfinished unfinished() {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      List<Unfinished> all = target.unfinished();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private Unfinished giveUp(String id) {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      return target.giveUp(id);
    }
  }

  private List<String> tables(String schema) throws SQLException {
    return query(
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE='BASE TABLE' AND"
            + " TABLE_SCHEMA='"
            + schema
            + "'");
  }

  private KeptTables putBack(String id) {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      return target.putBack(id, Progress.NONE);
    }
  }

  private void release(String id) {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      target.release(id);
    }
  }

  private Map<String, String> state(String schema) throws SQLException {
    return state(server, schema);
  }

  /** Rows and every definition, as the server itself tells them. */
  private static Map<String, String> state(TestServer server, String schema) throws SQLException {
    Map<String, String> state = new TreeMap<>();
    state.put("schema", server.texts("SHOW CREATE DATABASE " + schema).toString());
    String of = " WHERE %s_SCHEMA='" + schema + "'";
    for (String table :
        server.texts(
            "SELECT TABLE_NAME FROM information_schema.TABLES"
                + String.format(of, "TABLE")
                + " AND TABLE_TYPE='BASE TABLE'")) {
      state.put(
          "table " + table, server.texts("SHOW CREATE TABLE " + schema + "." + table).toString());
      state.put("rows " + table, server.texts("CHECKSUM TABLE " + schema + "." + table).get(1));
    }
    state.put(
        "views",
        server
            .texts(
                "SELECT TABLE_NAME, VIEW_DEFINITION, DEFINER FROM information_schema.VIEWS"
                    + String.format(of, "TABLE")
                    + " ORDER BY 1")
            .toString());
    state.put(
        "triggers",
        server
            .texts(
                "SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION,"
                    + " ACTION_ORDER, ACTION_STATEMENT, SQL_MODE, DEFINER, DATABASE_COLLATION FROM"
                    + " information_schema.TRIGGERS"
                    + String.format(of, "TRIGGER")
                    + " ORDER BY 1")
            .toString());
    state.put(
        "routines",
        server
            .texts(
                "SELECT ROUTINE_NAME, ROUTINE_TYPE, ROUTINE_DEFINITION, SQL_MODE, DEFINER FROM"
                    + " information_schema.ROUTINES"
                    + String.format(of, "ROUTINE")
                    + " ORDER BY 1")
            .toString());
    state.put(
        "events",
        server
            .texts(
                "SELECT EVENT_NAME, EVENT_DEFINITION, STATUS, INTERVAL_VALUE, STARTS, DEFINER FROM"
                    + " information_schema.EVENTS"
                    + String.format(of, "EVENT")
                    + " ORDER BY 1")
            .toString());
    return state;
  }

  private List<String> query(String sql) throws SQLException {
    return server.texts(sql);
  }
}
