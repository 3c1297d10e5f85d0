package dev.foldback.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCutterTest {
  private static final long SEED = 20261123;

  @Test
  void framesAreOfAboutTheMeanSizeAndWithinTheLimits() {
    List<Integer> sizes = sizes(rows(400_000));
    List<Integer> whole = sizes.subList(0, sizes.size() - 1);
    assertThat(whole)
        .allSatisfy(s -> assertThat(s).isBetween(FrameCutter.MIN, FrameCutter.MAX + 300));
    double mean = whole.stream().mapToInt(i -> i).average().orElseThrow();
    assertThat(mean).as("seed %d", SEED).isBetween(2.5 * (1 << 20), 6.0 * (1 << 20));
  }

  @Test
  void aChangedRowDisturbsOnlyFramesNearIt() {
    List<byte[]> rows = rows(400_000);
    List<String> before = frames(rows);
    rows.set(200_000, "another row altogether\n".getBytes(StandardCharsets.UTF_8));
    rows.remove(100);
    List<String> after = frames(rows);
    after.removeAll(before);
    assertThat(after.size()).isBetween(1, 8);
    assertThat(before.size()).isGreaterThan(15);
  }

  @Test
  void equalRowsAreCutAtTheLimit() {
    byte[] row = "the same row again and again\n".getBytes(StandardCharsets.UTF_8);
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 1_500_000; i++) {
      rows.add(row);
    }
    assertThat(sizes(rows)).allSatisfy(s -> assertThat(s).isLessThan(FrameCutter.MAX + 30));
  }

  @Test
  void theFirstCutsOfAKnownSequenceNeverChange() {
    StringBuilder text = new StringBuilder();
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 120_000; i++) {
      text.setLength(0);
      text.append(i).append('\t').append("x".repeat(i % 200)).append('\n');
      rows.add(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(sizes(rows)).containsExactly(GOLDEN);
  }

  /** Part of the format: if this test fails, earlier backups no longer deduplicate or compare. */
  private static final Integer[] GOLDEN = {3917385, 2845919, 6025586};

  private static List<byte[]> rows(int count) {
    Random random = new Random(SEED);
    List<byte[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] row = new byte[100 + random.nextInt(180)];
      random.nextBytes(row);
      row[row.length - 1] = '\n';
      rows.add(row);
    }
    return rows;
  }

  private static List<Integer> sizes(List<byte[]> rows) {
    return cut(rows).stream().map(frame -> frame.length).toList();
  }

  private static List<String> frames(List<byte[]> rows) {
    List<String> hashes = new ArrayList<>();
    cut(rows).forEach(frame -> hashes.add(Hashing.hex(Hashing.sha256().digest(frame))));
    return hashes;
  }

  private static List<byte[]> cut(List<byte[]> rows) {
    List<byte[]> frames = new ArrayList<>();
    RowBuffer buffer = new RowBuffer(FrameCutter.MEAN);
    for (byte[] row : rows) {
      buffer.reserve(row.length);
      System.arraycopy(row, 0, buffer.bytes, buffer.length, row.length);
      int start = buffer.length;
      buffer.length += row.length;
      if (FrameCutter.endsAfter(buffer.bytes, 0, start, buffer.length)) {
        frames.add(java.util.Arrays.copyOf(buffer.bytes, buffer.length));
        buffer.length = 0;
      }
    }
    frames.add(java.util.Arrays.copyOf(buffer.bytes, buffer.length));
    return frames;
  }
}
