package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.cli.moment.Workload;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.diff.DiffListener;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.diff.DiffResult.Change;
import dev.foldback.core.diff.DiffResult.ObjectDifference;
import dev.foldback.core.diff.DiffResult.TableDifference;
import dev.foldback.core.diff.Point;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences between restore points, judged by plain queries at both times. */
abstract class DiffContract {
  private final long seed = Seed.next();
  private TestServer source;
  private Rig rig;
  private Workload work;

  abstract ServerKind kind();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    source = TestServers.fresh(kind(), ServerOptions.quick().with("--binlog-format=ROW"));
    rig = Rig.init(folder);
    Shop.fill(source, 1000);
    source.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
    work = new Workload(seed, kind().mariaDb(), false);
    run(200);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  @Test
  void rowsOfEveryTableDifferAsTheServersDo() throws Exception {
    Map<TableName, Map<String, Integer>> before = rows();
    Point first = snapshot();
    run(300);
    source.execute(
        "UPDATE shop.customer SET name='other' WHERE id IN (2, 3)",
        "DELETE FROM shop.orders WHERE id = 7",
        "INSERT INTO shop.visit VALUES ('2026-01-01', '/twice'), ('2026-01-01', '/twice')");
    Map<TableName, Map<String, Integer>> after = rows();
    rig.capture(source.endpoint(), true, false, Progress.NONE);
    Point now = new Point.OfLog(new Cut.End());
    DiffResult byLog = rig.diff(first, now, Optional.empty(), new Counting());
    Point second = snapshot();

    Counting rows = new Counting();
    DiffResult found = rig.diff(first, second, Optional.empty(), rows);

    assertThat(found.objects()).isEmpty();
    assertThat(byLog.tables())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(found.tables());
    assertThat(sides(found)).as("seed %d", seed).isEqualTo(expected(before, after));
    TableDifference customer = of(found, "customer");
    assertThat(customer).isEqualTo(new TableDifference(customer.table(), 0, 0, 2, true));
    assertThat(rows.texts)
        .anyMatch(text -> text.startsWith("changed shop.customer 2\t") && text.contains("other"));
    assertThat(rows.texts.stream().filter("added shop.visit 2026-01-01 00:00:00\t/twice\n"::equals))
        .hasSize(2);

    assertThat(rig.diff(second, second, Optional.empty(), rows).isEqual()).isTrue();
    DiffResult back = rig.diff(second, first, Optional.empty(), rows);
    assertThat(of(back, "orders").added()).isEqualTo(1);
    assertThat(of(found, "orders").removed()).isEqualTo(1);
  }

  @Test
  void definitionsDifferToo() throws Exception {
    Point first = snapshot();
    source.execute(
        "ALTER TABLE shop.customer ADD COLUMN extra int",
        "CREATE TABLE shop.late (id int PRIMARY KEY)",
        "INSERT INTO shop.late VALUES (1)",
        "DROP TABLE shop.visit",
        "CREATE VIEW shop.names AS SELECT name FROM shop.customer",
        "INSERT INTO shop.orders (customer, placed, state) SELECT customer, placed, state FROM"
            + " shop.orders LIMIT 1");
    rig.capture(source.endpoint(), true, false, Progress.NONE);
    Point now = new Point.OfLog(new Cut.End());

    DiffResult found = rig.diff(first, now, Optional.of(source.endpoint()), new Counting());

    // A next number that moved is no other definition.
    assertThat(found.objects())
        .containsExactlyInAnyOrder(
            new ObjectDifference(Change.CHANGED, "table", "shop", "customer"),
            new ObjectDifference(Change.ADDED, "table", "shop", "late"),
            new ObjectDifference(Change.REMOVED, "table", "shop", "visit"),
            new ObjectDifference(Change.ADDED, "view", "shop", "names"));
    assertThat(of(found, "customer").comparable()).isFalse();
    assertThat(of(found, "orders"))
        .isEqualTo(new TableDifference(new TableName("shop", "orders"), 1, 0, 0, true));
  }

  private static TableDifference of(DiffResult found, String table) {
    return found.tables().stream()
        .filter(t -> t.table().table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  /** How many rows each side has that the other has not. */
  private static Map<TableName, List<Long>> sides(DiffResult found) {
    Map<TableName, List<Long>> sides = new TreeMap<>();
    found
        .tables()
        .forEach(
            t -> sides.put(t.table(), List.of(t.removed() + t.changed(), t.added() + t.changed())));
    return sides;
  }

  private static Map<TableName, List<Long>> expected(
      Map<TableName, Map<String, Integer>> before, Map<TableName, Map<String, Integer>> after) {
    Map<TableName, List<Long>> sides = new TreeMap<>();
    before.forEach(
        (table, rows) -> {
          long old = surplus(rows, after.getOrDefault(table, Map.of()));
          long young = surplus(after.getOrDefault(table, Map.of()), rows);
          if (old + young > 0) {
            sides.put(table, List.of(old, young));
          }
        });
    return sides;
  }

  private static long surplus(Map<String, Integer> of, Map<String, Integer> over) {
    return of.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - over.getOrDefault(e.getKey(), 0)))
        .sum();
  }

  /** Each table's rows as the server gives them in hexadecimal, and how often. */
  private Map<TableName, Map<String, Integer>> rows() throws SQLException {
    Map<TableName, Map<String, Integer>> all = new TreeMap<>();
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      for (TableName table : tables(statement)) {
        Map<String, Integer> rows = new TreeMap<>();
        try (ResultSet result = statement.executeQuery(hex(statement, table))) {
          while (result.next()) {
            rows.merge(result.getString(1), 1, Integer::sum);
          }
        }
        all.put(table, rows);
      }
    }
    return all;
  }

  private static List<TableName> tables(Statement statement) throws SQLException {
    List<TableName> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA IN"
                + " ('w', 'shop') AND TABLE_TYPE = 'BASE TABLE'")) {
      while (rows.next()) {
        tables.add(new TableName(rows.getString(1), rows.getString(2)));
      }
    }
    return tables;
  }

  /** Numbers are cast first: HEX of a FLOAT is that of a rounded number. */
  private static String hex(Statement statement, TableName table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA='"
                + table.schema()
                + "' AND TABLE_NAME='"
                + table.table()
                + "' ORDER BY ORDINAL_POSITION")) {
      while (rows.next()) {
        String name = "`" + rows.getString(1) + "`";
        String value = rows.getString(2).equals("float") ? "(" + name + " + 0e0)" : name;
        columns.add("IFNULL(HEX(CONCAT(" + value + ", '')), 'NULL')");
      }
    }
    return "SELECT CONCAT_WS(',', "
        + String.join(", ", columns)
        + ") FROM `"
        + table.schema()
        + "`.`"
        + table.table()
        + "`";
  }

  private Point snapshot() {
    SnapshotId id = rig.backup(source.endpoint()).manifest().id();
    return new Point.OfSnapshot(id);
  }

  private void run(int transactions) throws Exception {
    try (Connection connection = source.connect()) {
      work.run(connection, transactions);
    }
  }

  private static final class Counting implements DiffListener {
    final List<String> texts = new ArrayList<>();

    @Override
    public void added(TableState table, RowImage after) {
      add("added", table, after);
    }

    @Override
    public void changed(TableState table, RowImage before, RowImage after) {
      add("changed", table, after);
    }

    @Override
    public void removed(TableState table, RowImage before) {
      add("removed", table, before);
    }

    private void add(String what, TableState table, RowImage row) {
      texts.add(
          what
              + " "
              + table.name()
              + " "
              + new String(row.text.bytes, 0, row.text.length, StandardCharsets.UTF_8));
    }
  }
}
