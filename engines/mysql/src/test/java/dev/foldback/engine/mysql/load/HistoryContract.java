package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableChange;
import dev.foldback.testkit.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The judge is the server: what statements make of empty copies must be what they make of the
 * source itself.
 */
abstract class HistoryContract {
  abstract TestServer server();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    Emptying.everything(server());
  }

  @Test
  void definitionsAfterStatementsAreThoseOfTheSource() throws Exception {
    server()
        .execute(
            "CREATE DATABASE shop CHARACTER SET latin1",
            "CREATE DATABASE old",
            "CREATE TABLE shop.a (id int PRIMARY KEY, v varchar(20) NOT NULL DEFAULT 'x', KEY k"
                + " (v))",
            "CREATE TABLE shop.b (id int PRIMARY KEY, a int, CONSTRAINT fk FOREIGN KEY (a)"
                + " REFERENCES shop.a (id))",
            "CREATE TABLE shop.untouched (id int PRIMARY KEY)",
            "CREATE TABLE old.c (id int)",
            "CREATE VIEW shop.v AS SELECT id, v FROM shop.a",
            "CREATE VIEW shop.w AS SELECT id FROM shop.v",
            "CREATE TRIGGER shop.g BEFORE INSERT ON shop.a FOR EACH ROW SET NEW.v = UPPER(NEW.v)",
            "CREATE PROCEDURE shop.p() SELECT COUNT(*) FROM shop.a",
            "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO DELETE FROM"
                + " shop.a");

    List<DefinitionStep> steps =
        followsTheSource(
            "ALTER TABLE a ADD COLUMN n int unsigned NOT NULL AFTER id, DROP KEY k",
            "ALTER TABLE shop.a MODIFY v varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            "ALTER TABLE b ADD KEY kk (a, id)",
            "CREATE TABLE n LIKE a",
            "CREATE TABLE old.m (x int, y int AS (x + 1) STORED, CHECK (x > 0))",
            "RENAME TABLE a TO t, n TO a, t TO n",
            "CREATE UNIQUE INDEX u ON untouched (id)",
            "ALTER TABLE old.m RENAME TO shop.moved",
            "DROP TABLE old.c",
            "TRUNCATE TABLE untouched",
            "DROP VIEW w",
            "CREATE OR REPLACE VIEW v AS SELECT n.id AS i, 2 AS two FROM n",
            "DROP TRIGGER g",
            "CREATE TRIGGER h AFTER DELETE ON n FOR EACH ROW INSERT INTO untouched VALUES (OLD.id)",
            "DROP PROCEDURE p",
            "CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 5",
            "ALTER EVENT e RENAME TO e2",
            "ALTER DATABASE old CHARACTER SET utf8mb4",
            "CREATE DATABASE extra",
            "CREATE TABLE extra.t (id int PRIMARY KEY)",
            "ANALYZE TABLE a");

    assertThat(kinds(steps))
        .containsExactly(
            "Converted",
            "Converted",
            "Redefined",
            "Created",
            "Created",
            // With b, whose foreign key goes along.
            "Redefined+Redefined+Redefined",
            "Redefined",
            "Redefined",
            "Dropped",
            "Emptied",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Created",
            "");
  }

  @Test
  void aDroppedSchemaIsGoneAndMayComeBack() throws Exception {
    server()
        .execute(
            "CREATE DATABASE shop",
            "CREATE DATABASE other CHARACTER SET latin1",
            "CREATE TABLE shop.a (id int PRIMARY KEY)",
            "CREATE TABLE shop.b (id int PRIMARY KEY)",
            "CREATE VIEW shop.v AS SELECT * FROM shop.a",
            "CREATE TABLE other.t (id int)");

    List<DefinitionStep> steps =
        followsTheSource(
            "DROP DATABASE shop", "CREATE DATABASE shop", "CREATE TABLE shop.b (x int)");

    assertThat(steps.getFirst().changes())
        .containsExactlyInAnyOrder(
            new TableChange.Dropped(new TableName("shop", "a")),
            new TableChange.Dropped(new TableName("shop", "b")));
  }

  @Test
  void partitionsAreConvertedByTheServer() throws Exception {
    String parts =
        " PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS"
            + " THAN (20))";
    server()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.a (id int PRIMARY KEY, v int)" + parts,
            "CREATE TABLE shop.b (id int PRIMARY KEY, v int)");
    Taken before = Taken.from(server(), Selection.ALL);
    LoggedStatement swap = statement("shop", "ALTER TABLE a EXCHANGE PARTITION p0 WITH TABLE b", 1);
    LoggedStatement drop = statement("shop", "ALTER TABLE a DROP PARTITION p1", 2);

    try (MySqlTarget target = MySqlTarget.open(server().endpoint());
        DefinitionHistory history =
            target.follow(
                "t",
                before.server(),
                before.catalog().objects(),
                before.catalog().tables(),
                List.of(swap, drop))) {
      DefinitionStep first = history.steps().get(0);
      DefinitionStep second = history.steps().get(1);
      TableChange.Converted swapped = (TableChange.Converted) first.changes().getFirst();
      assertThat(swapped.before())
          .containsExactly(new TableName("shop", "a"), new TableName("shop", "b"));
      history.stage(first, swapped.after().get(0), text("1\t1\n15\t2\n", 2));
      history.stage(first, swapped.after().get(1), text("3\t7\n", 1));
      history.convert(first);
      assertThat(read(history, first, swapped, 1)).isEqualTo("1\t1\n");
      history.restage(first, new TableName("shop", "a"), second, new TableName("shop", "a"));
      history.convert(second);
      TableChange.Converted dropped = (TableChange.Converted) second.changes().getFirst();
      assertThat(read(history, second, dropped, 0)).isEqualTo("3\t7\n");
    }
    assertThat(schemas()).noneMatch(s -> s.startsWith(StagedNames.PREFIX));
  }

  private static String read(
      DefinitionHistory history, DefinitionStep step, TableChange.Converted outcome, int table)
      throws Exception {
    try (var rows = history.converted(step, outcome.after().get(table)).open()) {
      return new String(rows.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static Taken.Rows text(String rows, long count) {
    return new Taken.Rows(rows.getBytes(java.nio.charset.StandardCharsets.UTF_8), count);
  }

  private static List<String> kinds(List<DefinitionStep> steps) {
    return steps.stream()
        .map(
            s ->
                s.changes().stream()
                    .map(c -> c.getClass().getSimpleName())
                    .collect(Collectors.joining("+")))
        .toList();
  }

  /** Follows the statements, runs them on the source too, and compares. */
  private List<DefinitionStep> followsTheSource(String... sql) throws Exception {
    Taken before = Taken.from(server(), Selection.ALL);
    List<LoggedStatement> statements = new ArrayList<>();
    for (String one : sql) {
      statements.add(statement("shop", one, statements.size()));
    }
    List<DefinitionStep> steps;
    Map<String, String> followed;
    Map<TableName, String> layouts;
    try (MySqlTarget target = MySqlTarget.open(server().endpoint());
        DefinitionHistory history =
            target.follow(
                "t",
                before.server(),
                before.catalog().objects(),
                before.catalog().tables(),
                statements)) {
      steps = history.steps();
      followed = definitions(history.objects());
      layouts = layouts(history.tables());
    }
    try (var connection = server().connect();
        var statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute("USE " + (schemas().contains("shop") ? "shop" : "mysql"));
        statement.execute(one);
      }
    }
    Taken after = Taken.from(server(), Selection.ALL);
    assertThat(followed).isEqualTo(definitions(after.catalog().objects()));
    assertThat(layouts).isEqualTo(layouts(after.catalog().tables()));
    return steps;
  }

  private List<String> schemas() throws Exception {
    try (var connection = server().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW DATABASES")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static LoggedStatement statement(String schema, String sql, int offset) {
    return new LoggedStatement(
        new LogPlace("binlog.000001", offset), schema, sql, Map.of("sql_mode", ""));
  }

  private static Map<String, String> definitions(List<SchemaObject> objects) {
    return objects.stream()
        .filter(o -> !o.schema().isEmpty())
        .collect(
            Collectors.toMap(
                SchemaObject::label, o -> o.definition().replaceAll(" STARTS '[^']*'", "")));
  }

  private static Map<TableName, String> layouts(List<TableDefinition> tables) {
    return tables.stream()
        .collect(Collectors.toMap(TableDefinition::name, t -> t.columns() + " " + t.key()));
  }
}
