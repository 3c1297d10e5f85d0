package dev.foldback.core.fold;

import static dev.foldback.core.fold.Rows.ABSENT;
import static dev.foldback.core.fold.Rows.image;
import static dev.foldback.core.fold.Rows.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With room in memory, and with so little that everything goes to the work file. */
class FoldMismatchTest {
  private static final TableDefinition ITEMS =
      Rows.table("items", List.of("id"), "id int", "name varchar(20)");
  private static final TableDefinition NOTES =
      Rows.table("notes", List.of(), "a int", "b varchar(20)");

  @TempDir private Path folder;

  private static void assertMismatch(String what, ThrowingCallable run) {
    assertThatThrownBy(run)
        .isInstanceOf(FoldbackException.class)
        .hasMessageContaining(what)
        .extracting(e -> ((FoldbackException) e).code())
        .isEqualTo(ErrorCode.FOLD_MISMATCH);
  }

  /** A fold that has spilled if memory is small. */
  private Fold fold(int memory) {
    Fold fold = new Fold(folder, memory, new AppendingEdits());
    for (int i = 0; i < 1000; i++) {
      fold.insert(ITEMS, image((1000 + i) + "\tfiller"));
      fold.insert(NOTES, image((1000 + i) + "\tfiller"));
    }
    assertThat(fold.changes(ITEMS.name()).spilledBytes() > 0).isEqualTo(memory < 100_000);
    return fold;
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aChangedRowThatIsNowhere(int memory) {
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5\ta"), image("5\tb"));
      assertMismatch(
          "shop.items, id=5: the log changes a row that neither",
          () -> Rows.read(fold.merge(ITEMS, source("4\tx"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aPartlyChangedRowThatIsNowhere(int memory) {
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5", ABSENT), image(ABSENT, "b"));
      assertMismatch("id=5", () -> Rows.read(fold.merge(ITEMS, source("4\tx"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void editsThatAreOfAnotherValue(int memory) {
    String what = "shop.items, id=5: the log holds parts of a value that do not fit";
    String more = AppendingEdits.of("+");
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5", ABSENT), image(ABSENT, more));
      assertMismatch(what, () -> Rows.read(fold.merge(ITEMS, source("5\tunfit"))));
    }
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5", ABSENT), image("6", more));
      assertMismatch(what, () -> Rows.read(fold.merge(ITEMS, source("5\tunfit"))));
    }
    try (Fold fold = fold(memory)) {
      fold.insert(ITEMS, image("5\tunfit"));
      assertMismatch(what, () -> fold.update(ITEMS, image("5", ABSENT), image(ABSENT, more)));
    }
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5", ABSENT), image(ABSENT, "unfit"));
      assertMismatch(what, () -> fold.update(ITEMS, image("5", ABSENT), image(ABSENT, more)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aRowWithAChangedKeyThatIsNowhere(int memory) {
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5", ABSENT), image("6", ABSENT));
      assertMismatch("id=5", () -> Rows.read(fold.merge(ITEMS, source("4\tx"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aDeletedRowThatIsNowhere(int memory) {
    try (Fold fold = fold(memory)) {
      fold.delete(ITEMS, image("5\ta"));
      assertMismatch("id=5", () -> Rows.read(fold.merge(ITEMS, source())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aNewRowThatTheSnapshotHolds(int memory) {
    try (Fold fold = fold(memory)) {
      assertMismatch(
          "id=1500: the log inserts a row that the snapshot",
          () -> Rows.read(fold.merge(ITEMS, source("1500\tx"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aNewRowThatTheLogHolds(int memory) {
    try (Fold fold = fold(memory)) {
      assertMismatch(
          "id=1000",
          () -> {
            fold.insert(ITEMS, image("1000\tx"));
            Rows.read(fold.merge(ITEMS, source()));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aRowThatTheLogDeletesTwice(int memory) {
    try (Fold fold = fold(memory)) {
      assertMismatch(
          "id=1000",
          () -> {
            fold.delete(ITEMS, image("1000\tfiller"));
            fold.delete(ITEMS, image("1000\tfiller"));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aSnapshotWithAKeyTwice(int memory) {
    try (Fold fold = fold(memory)) {
      fold.update(ITEMS, image("5\ta"), image("5\tb"));
      assertMismatch("id=5", () -> Rows.read(fold.merge(ITEMS, source("5\ta", "5\ta"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void moreDeletedThanThereAreOfARowWithNoKey(int memory) {
    try (Fold fold = fold(memory)) {
      fold.delete(NOTES, image("5\ta"));
      fold.delete(NOTES, image("5\ta"));
      assertMismatch(
          "(no key) row '5\ta'", () -> Rows.read(fold.merge(NOTES, source("5\ta", "6\tb"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void nothingIsCheckedWhereTheCheckIsOff(int memory) throws IOException {
    try (Fold fold = new Fold(folder, memory, new AppendingEdits())) {
      fold.leaveUnchecked(ITEMS.name());
      fold.leaveUnchecked(NOTES.name());
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        fold.insert(ITEMS, image((1000 + i) + "\tfiller"));
        expected.add((1000 + i) + "\tfiller");
      }
      fold.update(ITEMS, image("5\ta"), image("5\tb"));
      fold.insert(ITEMS, image("5\tc"));
      fold.delete(ITEMS, image("6\ta"));
      fold.delete(ITEMS, image("6\ta"));
      fold.insert(ITEMS, image("7\tnew"));
      fold.delete(NOTES, image("5\ta"));
      expected.addFirst("9\tx");
      expected.addFirst("7\tnew");
      expected.addFirst("5\tc");
      assertThat(Rows.read(fold.merge(ITEMS, source("7\told", "9\tx"))))
          .containsExactlyElementsOf(expected);
      assertThat(Rows.read(fold.merge(NOTES, source("6\tb")))).containsExactly("6\tb");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void anUncheckedPartOfARowStillNeedsTheRow(int memory) {
    try (Fold fold = new Fold(folder, memory, new AppendingEdits())) {
      fold.leaveUnchecked(ITEMS.name());
      fold.update(ITEMS, image("5", ABSENT), image(ABSENT, "b"));
      assertMismatch("id=5", () -> Rows.read(fold.merge(ITEMS, source("4\tx"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void aNewRowWithColumnsLeftOut(int memory) {
    try (Fold fold = new Fold(folder, memory, new AppendingEdits())) {
      assertThatThrownBy(() -> fold.insert(ITEMS, image("5", ABSENT)))
          .isInstanceOf(FoldbackException.class)
          .hasMessageContaining("shop.items: the log left out columns");
      assertThatThrownBy(() -> fold.delete(NOTES, image("5", ABSENT)))
          .isInstanceOf(FoldbackException.class);
      assertThatThrownBy(() -> fold.delete(ITEMS, image(ABSENT, "x")))
          .isInstanceOf(FoldbackException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, 1 << 14})
  void rowsOfTheSnapshotThatAreCut(int memory) {
    try (Fold fold = fold(memory)) {
      assertThatThrownBy(() -> Rows.read(fold.merge(NOTES, Rows.cut("1\tx\n2"))))
          .isInstanceOf(FoldbackException.class)
          .extracting(e -> ((FoldbackException) e).code())
          .isEqualTo(ErrorCode.FRAME_DAMAGED);
    }
  }
}
