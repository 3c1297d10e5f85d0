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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
      String what = seed + " at " + state.place() + " after " + moment.summary().snapshot().id();
      assertThat(differences(State.definitions(moment.objects()), state.definitions()))
          .as(what)
          .isEmpty();
      assertThat(differences(rows, state.rows())).as(what).isEmpty();
    }
  }

  /** What is not the same in both, as it is and as it should be. */
  private static <K, V> Map<K, String> differences(Map<K, V> is, Map<K, V> should) {
    Map<K, String> all = new LinkedHashMap<>();
    Set<K> keys = new LinkedHashSet<>(should.keySet());
    keys.addAll(is.keySet());
    for (K key : keys) {
      if (!Objects.equals(is.get(key), should.get(key))) {
        all.put(key, is.get(key) + " in place of " + should.get(key));
      }
    }
    return all;
  }
}
