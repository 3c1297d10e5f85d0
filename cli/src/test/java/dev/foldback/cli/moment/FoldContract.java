package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.backup.Backup;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.Way;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.repository.InitOptions;
import dev.foldback.repository.Repositories;
import dev.foldback.storage.Stores;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work by chance on a real server, which stops now and then to say what it holds. The fold of
 * snapshot and log at each of these places must be exactly that: definitions as texts, rows as a
 * multiset of bytes.
 */
abstract class FoldContract {
  private static final SourceName SOURCE = new SourceName("w");

  abstract ServerKind kind();

  private static int times(String property, int usual) {
    return Integer.getInteger("foldback.fold." + property, usual);
  }

  @Test
  void changesOfRowsFoldToWhatTheServerHeld(@TempDir Path folder) throws Exception {
    judge(folder, Seed.next(), 0);
  }

  @Test
  void changesOfRowsAndDefinitionsFoldToWhatTheServerHeld(@TempDir Path folder) throws Exception {
    judge(folder, Seed.next(), 2);
  }

  private void judge(Path folder, long seed, int statements) throws Exception {
    ServerOptions options =
        ServerOptions.quick()
            .with("--log-bin=binlog", "--server-id=7", "--binlog-format=ROW", "--sync-binlog=0");
    try (TestServer source = TestServers.fresh(kind(), options);
        ObjectStore store = Stores.open(folder.resolve("repository").toString(), Map.of())) {
      Repositories.init(store, InitOptions.unsealed());
      try (Repository repository = Repositories.open(store, Optional.empty(), Clock.systemUTC())) {
        List<State> states = live(source, repository, seed, statements);
        for (State state : states) {
          new FoldJudge(repository, SOURCE, folder).judge(source, state, "seed " + seed);
        }
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private List<State> live(TestServer source, Repository repository, long seed, int statements)
      throws Exception {
    Workload work = new Workload(seed, kind().mariaDb(), true);
    List<State> states = new ArrayList<>();
    source.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
    try (Connection connection = source.connect();
        SourceServer server = new MySqlEngine().openSource(source.endpoint())) {
      work.run(connection, times("transactions", 150));
      new Backup(repository, server, Clock.systemUTC())
          .run(
              new BackupOptions(
                  SOURCE,
                  new Selection(List.of("w"), List.of()),
                  SnapshotOptions.threads(2),
                  1,
                  false),
              Way.FULL.because("a test"),
              Progress.NONE);
      for (int i = 0; i < times("states", 4); i++) {
        for (int j = 0; j < Math.max(1, statements); j++) {
          work.run(connection, times("transactions", 150));
          if (statements > 0) {
            ddl(connection, work);
          }
        }
        states.add(State.of(source, "w"));
        // Some segments hold rows alone, and need not be read for statements.
        capture(repository, server);
        work.run(connection, 10);
        capture(repository, server);
      }
    }
    return states;
  }

  private static void capture(Repository repository, SourceServer server) {
    new Capture(repository, server)
        .run(new CaptureOptions(SOURCE, true, Duration.ofSeconds(30), false, 1), Progress.NONE);
  }

  private static void ddl(Connection connection, Workload work) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute(work.ddl());
    } catch (java.sql.SQLException e) {
      // Some statements meet tables that others have changed: then they are none.
      assertThat(e.getErrorCode()).isNotZero();
    }
  }
}
