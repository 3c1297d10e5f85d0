package dev.foldback.core.fold;

import static dev.foldback.core.fold.Rows.ABSENT;
import static dev.foldback.core.fold.Rows.image;
import static dev.foldback.core.fold.Rows.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.RowImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldTest {
  private static final TableDefinition ITEMS =
      Rows.table("items", List.of("id"), "id int", "name varchar(20)", "price decimal(8,2)");
  private static final TableDefinition WORDS =
      Rows.table("words", List.of("word"), "n int", "word varchar(20)");
  private static final TableDefinition NOTES =
      Rows.table("notes", List.of(), "a int", "b varchar(20)");

  @TempDir private Path folder;
  private Fold fold;

  @BeforeEach
  void open() {
    fold = new Fold(folder, 16 << 20, new AppendingEdits());
  }

  @AfterEach
  void close() {
    fold.close();
  }

  private List<String> merged(TableDefinition table, String... snapshot) throws IOException {
    return Rows.read(fold.merge(table, source(snapshot)));
  }

  @Test
  void theLastImageOfEachRowIsMergedInTheOrderOfTheKey() throws IOException {
    fold.insert(ITEMS, image("5\te\t1.00"));
    fold.update(ITEMS, image("2\tb\t1.00"), image("2\tB\t1.00"));
    fold.update(ITEMS, image("2\tB\t1.00"), image("2\tBB\t2.00"));
    fold.delete(ITEMS, image("10\tj\t1.00"));
    fold.insert(ITEMS, image("100\tz\t1.00"));
    fold.insert(ITEMS, image("-3\tm\t1.00"));
    assertThat(merged(ITEMS, "1\ta\t1.00", "2\tb\t1.00", "9\ti\t1.00", "10\tj\t1.00"))
        .containsExactly(
            "-3\tm\t1.00", "1\ta\t1.00", "2\tBB\t2.00", "5\te\t1.00", "9\ti\t1.00", "100\tz\t1.00");
  }

  @Test
  void countsAndDigestAreExactOnceAllWasRead() throws IOException {
    fold.insert(ITEMS, image("2\tbcd\t1.00"));
    FoldedRows rows = fold.merge(ITEMS, source("1\ta\t1.00"));
    assertThat(rows.digest()).isEmpty();
    assertThat(rows.rows()).isEqualTo(2);
    assertThat(Rows.read(rows)).hasSize(2);
    assertThat(rows.rows()).isEqualTo(2);
    assertThat(rows.bytes()).isEqualTo("1\ta\t1.00\n2\tbcd\t1.00\n".length());
    assertThat(rows.digest()).contains(Rows.digest(List.of("2\tbcd\t1.00", "1\ta\t1.00")));
    assertThat(rows.isOrdered()).isTrue();
  }

  @Test
  void aTableWithNoChangesPassesAsItIs() throws IOException {
    FoldedRows rows = fold.merge(NOTES, source("1\tx", "1\tx"));
    assertThat(Rows.read(rows)).containsExactly("1\tx", "1\tx");
    assertThat(rows.digest()).contains(Rows.digest(List.of("1\tx", "1\tx")));
    assertThat(fold.tables()).isEmpty();
  }

  @Test
  void keysThatDifferInBytesAreDifferentRows() throws IOException {
    fold.update(WORDS, image("1\ta"), image("1\tA"));
    fold.insert(WORDS, image("2\ta"));
    FoldedRows rows = fold.merge(WORDS, source("1\ta", "3\tz"));
    // The row of a key that is there again takes the old one's place; others come at the end.
    assertThat(Rows.read(rows)).containsExactly("2\ta", "3\tz", "1\tA");
    assertThat(rows.isOrdered()).isFalse();
  }

  @Test
  void columnsThatTheLogLeftOutAreCarriedForward() throws IOException {
    fold.update(ITEMS, image("1", ABSENT, ABSENT), image(ABSENT, "A", ABSENT));
    fold.update(ITEMS, image("1", ABSENT, ABSENT), image(ABSENT, ABSENT, "\\N"));
    fold.insert(ITEMS, image("2\tb\t2.00"));
    fold.update(ITEMS, image("2", ABSENT, ABSENT), image(ABSENT, "B", ABSENT));
    fold.delete(ITEMS, image("3", ABSENT, ABSENT));
    assertThat(merged(ITEMS, "1\ta\t1.00", "3\tc\t3.00"))
        .containsExactly("1\tA\t\\N", "2\tB\t2.00");
  }

  @Test
  void keysAreSwappedWithTheColumnsThatTheLogLeftOut() throws IOException {
    fold.update(ITEMS, image("1", ABSENT, ABSENT), image("9", ABSENT, ABSENT));
    fold.update(ITEMS, image("2", ABSENT, ABSENT), image("1", "B", ABSENT));
    fold.update(ITEMS, image("9", ABSENT, ABSENT), image("2", ABSENT, ABSENT));
    fold.update(ITEMS, image("2", ABSENT, ABSENT), image(ABSENT, ABSENT, "7.00"));
    // There and back again.
    fold.update(ITEMS, image("3", ABSENT, ABSENT), image("4", "C", ABSENT));
    fold.update(ITEMS, image("4", ABSENT, ABSENT), image("3", ABSENT, ABSENT));
    assertThat(merged(ITEMS, "1\ta\t1.00", "2\tb\t2.00", "3\tc\t3.00"))
        .containsExactly("1\tB\t2.00", "2\ta\t7.00", "3\tC\t3.00");
  }

  @Test
  void rowsWithNoKeyAreCounted() throws IOException {
    fold.insert(NOTES, image("1\tx"));
    fold.insert(NOTES, image("1\tx"));
    fold.delete(NOTES, image("2\ty"));
    fold.update(NOTES, image("3\tz"), image(ABSENT, "Z"));
    assertThat(merged(NOTES, "1\tx", "2\ty", "2\ty", "3\tz"))
        .containsExactly("1\tx", "2\ty", "1\tx", "1\tx", "3\tZ");
  }

  @Test
  void anEmptiedTableForgetsSnapshotAndEarlierChanges() throws IOException {
    fold.insert(ITEMS, image("7\tg\t1.00"));
    fold.forget(ITEMS.name());
    fold.insert(ITEMS, image("1\tnew\t1.00"));
    fold.forget(NOTES.name());
    assertThat(fold.tables()).containsExactlyInAnyOrder(ITEMS.name(), NOTES.name());
    assertThat(merged(ITEMS, "1\ta\t1.00", "2\tb\t2.00")).containsExactly("1\tnew\t1.00");
    FoldedRows none = fold.merge(NOTES, source("1\tx"));
    assertThat(none.rows()).isZero();
    assertThat(Rows.read(none)).isEmpty();
  }

  @Test
  void statisticsTellWhatIsLeft() {
    for (int i = 0; i < 10; i++) {
      fold.update(ITEMS, image("1\ta\t" + i), image("1\ta\t" + (i + 1)));
    }
    assertThat(fold.changes(ITEMS.name())).isEqualTo(new FoldChanges(10, 1, 0));
    assertThat(fold.changes(NOTES.name())).isEqualTo(new FoldChanges(0, 0, 0));
  }

  @Test
  void aTableThatIsMergedTakesNoMoreChanges() {
    fold.insert(ITEMS, image("1\ta\t1.00"));
    var _ = fold.merge(ITEMS, source());
    assertThatThrownBy(() -> fold.insert(ITEMS, image("2\ta\t1.00")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tablesAreMergedOnSeveralThreadsAtOnce() throws Exception {
    int tables = 4;
    try (Fold small = new Fold(folder, 64 << 10, new AppendingEdits());
        ExecutorService threads = Executors.newFixedThreadPool(tables)) {
      List<Callable<List<String>>> merges = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        expected.add(i + "\tnew");
      }
      for (int t = 0; t < tables; t++) {
        TableDefinition table = Rows.table("t" + t, List.of("id"), "id int", "name varchar(20)");
        List<String> snapshot = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
          if (i % 2 == 0) {
            snapshot.add(i + "\told");
            small.update(table, image(i + "\told"), image(i + "\tnew"));
          } else {
            small.insert(table, image(i + "\tnew"));
          }
        }
        merges.add(() -> Rows.read(small.merge(table, source(snapshot))));
      }
      for (Future<List<String>> rows : threads.invokeAll(merges)) {
        assertThat(rows.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void patchesOfALargeRowComeInTheirOrder() throws IOException {
    String large = "x".repeat(100_000);
    StringBuilder appended = new StringBuilder();
    fold.insert(ITEMS, image("1\t" + large + "\t0"));
    fold.insert(ITEMS, image("2\t" + large + "\t0"));
    fold.insert(ITEMS, image("3\t" + large + "\t0"));
    for (int i = 0; i < 20_000; i++) {
      String more = i + ",";
      appended.append(more);
      for (int id = 1; id < 5; id++) {
        RowImage before = image(id + "\t" + ABSENT + "\t" + ABSENT);
        fold.update(ITEMS, before, image(id + "\t" + AppendingEdits.of(more) + "\t" + i));
      }
    }
    RowImage third = image("3\t" + ABSENT + "\t" + ABSENT);
    fold.update(ITEMS, third, image("30\t" + AppendingEdits.of("end") + "\t" + ABSENT));
    fold.update(ITEMS, image("2\t" + ABSENT + "\t" + ABSENT), image("2\tshort\t" + ABSENT));
    fold.delete(ITEMS, image("1\t" + ABSENT + "\t" + ABSENT));
    fold.insert(ITEMS, image("1\tagain\t1"));
    assertThat(fold.changes(ITEMS.name()).spilledBytes()).isZero();
    assertThat(merged(ITEMS, "4\told\t0"))
        .containsExactly(
            "1\tagain\t1",
            "2\tshort\t19999",
            "4\told" + appended + "\t19999",
            "30\t" + large + appended + "end\t19999");
  }

  @Test
  void aPatchOfALargeRowThatDoesNotFitNamesTheRow() {
    String large = "x".repeat(100_000);
    RowImage before = image("7\t" + ABSENT + "\t" + ABSENT);
    fold.insert(ITEMS, image("7\t" + large + "\t0"));
    fold.update(ITEMS, before, image("7\tunfit\t" + ABSENT));
    assertThatThrownBy(
            () -> {
              fold.update(ITEMS, before, image("7\t" + AppendingEdits.of("more") + "\t" + ABSENT));
              fold.merge(ITEMS, source());
            })
        .hasMessageContaining("shop.items, id=7");
  }

  @Test
  void anotherLayoutIsRefused() {
    fold.insert(ITEMS, image("1\ta\t1.00"));
    TableDefinition other = Rows.table("items", List.of("id"), "id int", "name varchar(20)");
    assertThatThrownBy(() -> fold.insert(other, image("2\ta")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop.items has another layout");
  }
}
