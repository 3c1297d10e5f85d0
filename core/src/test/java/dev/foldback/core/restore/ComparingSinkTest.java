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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparingSinkTest {
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
    assertThat(none.message()).contains("last 2 rows");
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
    ComparingSink sink = new ComparingSink(TABLE, expected, Progress.NONE);
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
