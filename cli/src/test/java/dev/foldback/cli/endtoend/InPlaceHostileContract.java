package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.Cut;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.restore.RestoreResult;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.testkit.server.HostileData;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server full of everything that dump tools lose, emptied, comes back over itself. */
abstract class InPlaceHostileContract {
  abstract ServerKind kind();

  @Test
  void aHostileServerComesBackOverWhatIsLeftOfIt(@TempDir Path folder) throws Exception {
    try (TestServer source = TestServers.fresh(kind());
        TestServer target = TestServers.fresh(kind())) {
      HostileData.load(source);
      HostileData.prepare(target);
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());
      rig.restore(target.endpoint());
      if (!kind().mariaDb()) {
        target.execute("ALTER DATABASE hostile_read_only READ ONLY=0");
      }
      spoil(target);
      RestoreResult result = inPlace(rig, target, without());
      assertThat(result.missing()).isEmpty();
      try (TargetServer opened = new MySqlEngine().openTarget(target.endpoint())) {
        String id = opened.kept().getFirst().id();
        opened.release(id);
      }
      assertThat(ServerComparator.compare(source, target, Scope.EVERYTHING))
          .allMatch(difference -> difference.equals(RoundTripContract.UNCARRIED));
    }
  }

  private static RestoreResult inPlace(Rig rig, TestServer target, List<String> without) {
    return rig.restore(
        target.endpoint(),
        new Cut.End(),
        new Selection(List.of(), without),
        Renames.NONE,
        Existing.SWAP,
        Progress.NONE);
  }

  /** What the server never gives another name. */
  List<String> without() {
    return List.of();
  }

  /** Rows of an archive stay, and so does a package's body, which went with the package. */
  private boolean isAllowed(String statement) {
    boolean left =
        without().stream().anyMatch(t -> statement.contains(t.replaceFirst(".*\\.", "")));
    return !left && !statement.contains("`e_archive`");
  }

  /** Takes rows from every table, and every view, trigger, routine and event away. */
  private void spoil(TestServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION foreign_key_checks=0, sql_mode=''");
      String own = " NOT IN ('mysql','sys','performance_schema','information_schema')";
      for (String sql :
          List.of(
              "SELECT CONCAT('DELETE FROM ', n(TABLE_SCHEMA), '.', n(TABLE_NAME), ' LIMIT 2') FROM"
                  + " information_schema.TABLES WHERE TABLE_TYPE='BASE TABLE' AND TABLE_SCHEMA"
                  + own,
              "SELECT CONCAT('DROP VIEW ', n(TABLE_SCHEMA), '.', n(TABLE_NAME)) FROM"
                  + " information_schema.TABLES WHERE TABLE_TYPE='VIEW' AND TABLE_NAME <>"
                  + " 'v_lost_column' AND TABLE_SCHEMA"
                  + own,
              "SELECT CONCAT('DROP TRIGGER ', n(TRIGGER_SCHEMA), '.', n(TRIGGER_NAME)) FROM"
                  + " information_schema.TRIGGERS WHERE TRIGGER_SCHEMA"
                  + own,
              "SELECT CONCAT('ALTER ', ROUTINE_TYPE, ' ', n(ROUTINE_SCHEMA), '.', n(ROUTINE_NAME),"
                  + " ' COMMENT ''spoilt''') FROM information_schema.ROUTINES WHERE ROUTINE_TYPE IN"
                  + " ('FUNCTION', 'PROCEDURE') AND ROUTINE_SCHEMA"
                  + own,
              "SELECT CONCAT('DROP EVENT ', n(EVENT_SCHEMA), '.', n(EVENT_NAME)) FROM"
                  + " information_schema.EVENTS WHERE EVENT_SCHEMA"
                  + own)) {
        String quoted = sql.replaceAll("n\\((\\w+)\\)", "'`', REPLACE($1, '`', '``'), '`'");
        List<String> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(quoted)) {
          while (rows.next()) {
            all.add(rows.getString(1));
          }
        }
        for (String each : all) {
          if (isAllowed(each)) {
            statement.execute(each);
          }
        }
      }
    }
  }
}
