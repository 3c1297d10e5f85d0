package dev.foldback.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.FrameRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparingSinkTest {
  private static final Slice SLICE = Slice.whole(0);
  private static final TableDefinition TABLE =
      new TableDefinition(
          new TableName("shop", "orders"),
          List.of(
              new ColumnLayout("note", "text", ColumnLayout.Encoding.BYTES),
              new ColumnLayout("id", "int", ColumnLayout.Encoding.NUMBER)),
          List.of("id"),
          List.of(Slice.whole(0)),
          0,
          0,
          Map.of());

  @Test
  void equalRowsAreNoDifference() {
    assertThat(compare(frame("a\t1\n", "b\t2\n"), "a\t1\n", "b\t2\n")).isEmpty();
    assertThat(compare(List.of())).isEmpty();
  }

  @Test
  void aChangedValueNamesTableAndKeys() {
    Finding difference = compare(frame("a\t1\n", "b\t2\n"), "a\t1\n", "B\t2\n").orElseThrow();
    assertThat(difference.severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(difference.subject()).isEqualTo("shop.orders");
    assertThat(difference.message()).contains("between id=1 and id=2");
  }

  @Test
  void missingRowsAreADifference() {
    assertThat(compare(frame("a\t1\n", "b\t2\n"), "a\t1\n")).isPresent();
    Finding none = compare(frame("a\t1\n", "b\t2\n")).orElseThrow();
    assertThat(none.message()).contains("last 2 rows", "(the whole table)", "after its beginning");
  }

  @Test
  void missingRowsAreNamedByTheLastKeyThatCameAndTheKeysOfTheSlice() {
    List<FrameRecord> two = new ArrayList<>(frame("a\t1\n", "b\t22\n"));
    two.addAll(frame("c\t3\n"));
    Slice slice = new Slice(1, "1", "64", 0);
    assertThat(compare(slice, two, "a\t1\n", "b\t22\n").orElseThrow().message())
        .isEqualTo(
            "the last 1 rows of the key range (from id=1 to before id=64) are missing, after"
                + " id=22");
    Slice last = new Slice(1, "x'ab'", null, 0);
    assertThat(compare(last, two).orElseThrow().message())
        .contains("last 3 rows", "(from id=x'ab' to the last)", "after its beginning");
  }

  @Test
  void theHintIsACommandThatTheRestoreUnderWayDoesNotStandInTheWayOf() {
    assertThat(compare(frame("a\t1\n")).orElseThrow().hint())
        .contains("--include shop.orders --rename shop.orders=compare.orders");
  }

  @Test
  void noMoreOfAKeyIsShownThanOneCanRead() {
    String row = "é".repeat(1000) + "\t7\n";
    assertThat(compare(frame("x\t7\n"), row).orElseThrow().message())
        .endsWith("between id=7 and id=7");
    TableDefinition keyless =
        new TableDefinition(
            TABLE.name(), TABLE.columns(), List.of(), TABLE.slices(), 0, 0, Map.of());
    String message = compare(keyless, SLICE, frame("x\t7\n"), row).orElseThrow().message();
    assertThat(message).contains("(no key) row 'éé").hasSizeLessThan(300);
  }

  @Test
  void additionalRowsAreADifference() {
    assertThat(compare(frame("a\t1\n"), "a\t1\n", "b\t2\n")).isPresent();
    assertThat(compare(List.of(), "a\t1\n").orElseThrow().message()).contains("does not hold");
  }

  @Test
  void rowsInAnotherOrderAreADifference() {
    assertThat(compare(frame("a\t1\n", "b\t2\n"), "b\t2\n", "a\t1\n")).isPresent();
  }

  private static List<FrameRecord> frame(String... rows) {
    byte[] all = String.join("", rows).getBytes(StandardCharsets.UTF_8);
    return List.of(
        new FrameRecord(Hashing.hex(Hashing.sha256().digest(all)), rows.length, all.length));
  }

  private static Optional<Finding> compare(List<FrameRecord> expected, String... rows) {
    return compare(SLICE, expected, rows);
  }

  private static Optional<Finding> compare(
      Slice slice, List<FrameRecord> expected, String... rows) {
    return compare(TABLE, slice, expected, rows);
  }

  private static Optional<Finding> compare(
      TableDefinition table, Slice slice, List<FrameRecord> expected, String... rows) {
    ComparingSink sink = new ComparingSink(table, slice, expected, Progress.NONE);
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      sink.buffer().reserve(bytes.length);
      System.arraycopy(bytes, 0, sink.buffer().bytes, sink.buffer().length, bytes.length);
      sink.buffer().length += bytes.length;
      sink.endRow();
    }
    return sink.end();
  }
}
