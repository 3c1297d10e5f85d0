package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.testkit.server.TestServer;
import java.nio.file.Path;
import java.util.Map;

/** Whether a fold is what the server held at that place. */
final class FoldJudge {
  private final Repository repository;
  private final SourceName source;
  private final Path folder;

  FoldJudge(Repository repository, SourceName source, Path folder) {
    this.repository = repository;
    this.source = source;
    this.folder = folder;
  }

  /**
   * Fails where it is not.
   *
   * @param server that runs the log's statements on empty copies
   */
  void judge(TestServer server, State state, String seed) throws Exception {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint());
        Moment moment =
            Moment.open(
                repository,
                new MySqlEngine(),
                target,
                source,
                new Cut.Place(state.place()),
                "t",
                folder.resolve("work"),
                Progress.NONE)) {
      Map<TableName, RowSetDigest.Value> rows = State.folded(moment);
      String what = seed + " at " + state.place() + " after " + moment.summary();
      assertThat(State.definitions(moment.objects())).as(what).isEqualTo(state.definitions());
      assertThat(rows).as(what).isEqualTo(state.rows());
    }
  }
}
