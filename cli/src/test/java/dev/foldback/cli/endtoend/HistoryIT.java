package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped program tells a history of a sealed repository and writes what takes it back. */
class HistoryIT {
  private static List<JsonNode> lines(String out) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (!List.of("phase", "phaseEnd", "progress").contains(node.get("type").asText())) {
        lines.add(node);
      }
    }
    return lines;
  }

  private static ProgramRun.End run(Rig rig, TestServer server, String... arguments)
      throws Exception {
    try (ProgramRun run = ProgramRun.start(rig, server, arguments)) {
      return run.await();
    }
  }

  private static String newest(TestServer server) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@gtid_binlog_pos")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void changesAndUndoWorkFromTheCommandLine(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4, ServerOptions.quick())) {
      Rig rig = Rig.init(folder);
      server.execute(
          "CREATE DATABASE s",
          "CREATE TABLE s.a (id int PRIMARY KEY, v varchar(9)) ENGINE=InnoDB",
          "INSERT INTO s.a VALUES (1, 'x')");
      rig.backup(server.endpoint());
      server.execute("UPDATE s.a SET v = 'y'");
      String transaction = newest(server);
      server.execute(
          "CREATE TABLE s.b (id int PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO s.b VALUES (7)");
      String lost = newest(server);
      rig.capture(server.endpoint(), true, false, Progress.NONE);

      ProgramRun.End changes = run(rig, server, "changes");
      List<JsonNode> told = lines(changes.out());
      assertThat(changes.status()).as(changes.toString()).isEqualTo(8);
      assertThat(told.stream().map(n -> n.get("type").asText()))
          .containsExactly("change", "change", "finding", "result");
      JsonNode change = told.getFirst();
      assertThat(fields(change))
          .containsExactlyInAnyOrder(
              "type",
              "time",
              "committed",
              "transaction",
              "place",
              "kind",
              "schema",
              "table",
              "key",
              "before",
              "after",
              "statement");
      assertThat(change.get("transaction").asText()).isEqualTo(transaction);
      assertThat(change.get("after").toString()).isEqualTo("{\"v\":\"y\"}");
      assertThat(told.get(1).get("statement").asText()).startsWith("CREATE TABLE s.b");
      assertThat(told.get(2).get("code").asText()).isEqualTo("definition-unknown");
      assertThat(fields(told.get(3)))
          .containsExactlyInAnyOrder(
              "type",
              "time",
              "command",
              "source",
              "snapshot",
              "transactions",
              "inserts",
              "updates",
              "deletes",
              "statements",
              "complete",
              "findings");
      assertThat(changes.temporary()).isEmpty();

      ProgramRun.End followed = run(rig, server, "changes", "--summary", "--scratch", server.url());
      assertThat(followed.status()).as(followed.toString()).isZero();
      assertThat(followed.out()).contains("\"type\":\"changes\"", "\"table\":\"b\",\"inserts\":1");

      ProgramRun.End gap =
          run(rig, server, "undo", "--transaction", lost, "--output", folder + "/none.sql");
      assertThat(gap.status()).as(gap.toString()).isEqualTo(6);
      assertThat(gap.out()).contains("FB-5012", "CREATE TABLE s.b");
      assertThat(folder.resolve("none.sql")).doesNotExist();

      Path script = folder.resolve("undo.sql");
      ProgramRun.End undo =
          run(rig, server, "undo", "--transaction", transaction, "--output", script.toString());
      assertThat(undo.status()).as(undo.toString()).isZero();
      assertThat(lines(undo.out()).getLast().get("changes").asInt()).isEqualTo(1);
      assertThat(Files.readString(script))
          .startsWith("-- Takes back transaction " + transaction)
          .contains("UPDATE `s`.`a` SET `v` = _binary'x' WHERE `id` = 1");
      assertThat(undo.temporary()).isEmpty();
      assertThat(
              run(rig, server, "undo", "--transaction", transaction, "--output", script.toString())
                  .status())
          .as("a file that is there is not overwritten")
          .isEqualTo(2);
    }
  }

  @Test
  void diffWritesRecords(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4, ServerOptions.quick())) {
      Rig rig = Rig.init(folder);
      server.execute(
          "CREATE DATABASE s",
          "CREATE TABLE s.a (id int PRIMARY KEY, v varchar(20), b varbinary(9)) ENGINE=InnoDB",
          "INSERT INTO s.a VALUES (1, 'x', 0x00ff), (2, 'same', NULL), (3, 'goes', NULL)",
          "CREATE TABLE s.same (id int PRIMARY KEY) ENGINE=InnoDB");
      String before = rig.backup(server.endpoint()).manifest().id().value();
      server.execute(
          "UPDATE s.a SET v = 'one, \"two\"' WHERE id = 1",
          "DELETE FROM s.a WHERE id = 3",
          "INSERT INTO s.a VALUES (4, '', NULL)",
          "DROP TABLE s.same");
      String after = rig.backup(server.endpoint()).manifest().id().value();

      ProgramRun.End rows =
          run(rig, server, "diff", before, after, "--rows", "--format", "csv", "--quiet");
      assertThat(rows.status()).as(rows.toString()).isEqualTo(5);
      assertThat(rows.err()).isEmpty();
      assertThat(rows.out()).startsWith("kind,schema,table,key,before,after\r\n");
      assertThat(List.of(rows.out().split("\r\n", -1)).subList(1, 5))
          .containsExactlyInAnyOrder(
              "update,s,a,\"{\"\"id\"\":\"\"1\"\"}\",\"{\"\"v\"\":\"\"x\"\"}\","
                  + "\"{\"\"v\"\":\"\"one, \\\"\"two\\\"\"\"\"}\"",
              "delete,s,a,\"{\"\"id\"\":\"\"3\"\"}\","
                  + "\"{\"\"id\"\":\"\"3\"\",\"\"v\"\":\"\"goes\"\",\"\"b\"\":null}\",",
              "insert,s,a,\"{\"\"id\"\":\"\"4\"\"}\",,"
                  + "\"{\"\"id\"\":\"\"4\"\",\"\"v\"\":\"\"\"\",\"\"b\"\":null}\"",
              "");

      ProgramRun.End counts = run(rig, server, "diff", before, after, "--format", "csv");
      assertThat(counts.status()).as(counts.toString()).isEqualTo(5);
      assertThat(counts.out())
          .isEqualTo("schema,table,added,removed,changed,comparable\r\ns,a,1,1,1,true\r\n");
      assertThat(counts.err())
          .as("what is for people")
          .contains("A: ", "removed table s.same", "1 table of 1 in both differs in rows");

      ProgramRun.End none = run(rig, server, "diff", before, before, "--rows", "--format", "csv");
      assertThat(none.status()).as(none.toString()).isZero();
      assertThat(none.out()).isEqualTo("kind,schema,table,key,before,after\r\n");
    }
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
