package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.Moment;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Foreign keys that change what rows are known by, below the log: folded rows must be the server's
 * own, byte for byte.
 */
abstract class OwnKeyCascadesContract {
  /** A share of the heap that has no room for the changes of one table. */
  private static final int LITTLE = 1 << 20;

  abstract ServerKind kind();

  @Test
  void workByChanceFoldsToWhatTheServerHeld(@TempDir Path folder) throws Exception {
    for (int i = 0; i < Integer.getInteger("foldback.own.seeds", 1); i++) {
      long seed = Seed.next() + i;
      try {
        judge(folder.resolve("" + i), seed);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void judge(Path folder, long seed) throws Exception {
    OwnKeyWork work = new OwnKeyWork(seed);
    List<State> states = new ArrayList<>();
    try (HistoryRig rig = new HistoryRig(kind(), folder);
        Connection connection = rig.server.connect()) {
      rig.server.execute("CREATE DATABASE w CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
      rig.server.execute(OwnKeyWork.SCHEMA.toArray(new String[0]));
      work.run(connection, 100);
      rig.backup();
      for (int i = 0; i < Integer.getInteger("foldback.own.states", 8); i++) {
        work.run(connection, i < 4 ? 1 + i : Integer.getInteger("foldback.own.transactions", 20));
        states.add(State.of(rig.server, "w"));
      }
      rig.capture();
      for (State state : states) {
        Cut cut = new Cut.Place(state.place());
        assertThat(rig.rows(cut, Moment.SHARE)).as("%s", cut).isEqualTo(state.rows());
        assertThat(rig.rows(cut, LITTLE)).as("%s, little memory", cut).isEqualTo(state.rows());
      }
    }
  }
}
