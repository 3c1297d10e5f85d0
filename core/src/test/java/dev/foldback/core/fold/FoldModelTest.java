package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes of tables of several shapes, against a plain model. The seed is in the test's
 * name; {@code -Dfoldback.seed} takes one of its own, {@code -Dfoldback.rounds} more of them.
 */
class FoldModelTest {
  private static final int ROUNDS = Integer.getInteger("foldback.rounds", 4);
  private static final long SEED = Long.getLong("foldback.seed", 20_260_101);

  /** All in memory; runs of some hundred changes; and so small that parts are cut as well. */
  private static final long[] MEMORY = {32 << 20, 256 << 10, 64 << 10, 12 << 10};

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (TableModel.Shape shape : TableModel.Shape.values()) {
        for (long memory : MEMORY) {
          cases.add(Arguments.of(SEED + i, shape, memory, false));
          cases.add(Arguments.of(SEED + i, shape, memory, true));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "seed {0}, {1}, {2} bytes, sparse {3}")
  @MethodSource("cases")
  void theFoldIsWhatTheModelHolds(long seed, TableModel.Shape shape, long memory, boolean sparse)
      throws IOException {
    // Seeds that are near each other begin alike, unless they are spread.
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    try (Fold fold = new Fold(folder, memory, new AppendingEdits())) {
      TableModel model = new TableModel(shape, sparse, random, fold);
      model.begin(random.nextInt(1500));
      List<String> snapshot = model.rows();
      int steps = 500 + random.nextInt(3500);
      for (int i = 0; i < steps; i++) {
        model.step();
      }
      FoldedRows folded = fold.merge(model.table(), Rows.source(snapshot));
      List<String> expected = model.rows();
      List<String> rows = Rows.read(folded);
      assertThat(sorted(rows)).isEqualTo(sorted(expected));
      Collections.shuffle(expected, random);
      assertThat(folded.digest()).contains(Rows.digest(expected));
      assertThat(folded.rows()).isEqualTo(expected.size());
      assertThat(folded.isOrdered()).isEqualTo(shape.ordered());
      if (shape.ordered()) {
        assertThat(rows).isEqualTo(model.rows());
      }
      assertThat(Rows.read(folded)).as("read again").isEqualTo(rows);
      assertThat(folder).isEmptyDirectory();
    }
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }
}
