package dev.foldback.core.fold;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.RowImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Prints how fast changes of rows such as sysbench's are reduced, and how fast a snapshot passes
 * with few and with many changes, in memory and by way of the work file. Arguments: millions of
 * changes, MiB of memory.
 */
final class FoldThroughput {
  private static final int ROWS = 2_000_000;
  private static final int KEYS = 166_000;
  private static final TableDefinition TABLE =
      Rows.table("t1", List.of("id"), "id int", "k int", "c char(120)", "pad char(60)");

  private FoldThroughput() {}

  public static void main(String[] args) throws IOException {
    long changes = (args.length > 0 ? Long.parseLong(args[0]) : 4) * 1_000_000;
    long memory = (args.length > 1 ? Long.parseLong(args[1]) : 256) << 20;
    Path folder = Files.createTempDirectory("foldback-throughput");
    try {
      for (int round = 1; round <= 2; round++) {
        System.out.println("round " + round + (round == 1 ? ", warming up" : ""));
        measure("no changes", folder, 0, KEYS, memory);
        measure("few changes", folder, 1000, 1000, memory);
        measure("changes of " + KEYS + " rows", folder, changes, KEYS, memory);
        measure("changes of all rows, spilled", folder, changes, ROWS, 32 << 20);
      }
    } finally {
      Files.delete(folder);
    }
  }

  private static void measure(String what, Path folder, long changes, int keys, long memory)
      throws IOException {
    System.out.println(" " + what);
    try (Fold fold = new Fold(folder, memory, new AppendingEdits())) {
      RowImage[] images = images();
      Random random = new Random(5);
      long begun = System.nanoTime();
      for (long i = 0; i < changes; i++) {
        RowImage image = images[(int) (i & 1023)];
        number(image, random.nextInt(keys));
        fold.update(TABLE, image, image);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (changes > 0) {
        FoldChanges left = fold.changes(TABLE.name());
        System.out.printf(
            "  reduce: %.2f million changes/s; %d keys, %d MB spilled%n",
            changes / seconds / 1e6, left.keys(), left.spilledBytes() / 1_000_000);
      }
      begun = System.nanoTime();
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = fold.merge(TABLE, new Snapshot()).open()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          bytes += n;
        }
      }
      seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf("  merge:  %.0f MB/s%n", bytes / seconds / 1e6);
    }
  }

  private static RowImage[] images() {
    RowImage[] images = new RowImage[1024];
    for (int i = 0; i < images.length; i++) {
      images[i] = Rows.image("00000000", Integer.toString(i), "c".repeat(119), "p".repeat(59));
    }
    return images;
  }

  /** Writes eight digits into the key. */
  private static void number(RowImage image, int id) {
    digits(image.text.bytes, 0, id);
  }

  private static void digits(byte[] to, int at, int id) {
    int left = id;
    for (int i = 7; i >= 0; i--) {
      to[at + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** Rows that are made as fast as they can be copied. */
  private static final class Snapshot implements RowSource {
    private static final byte[] ROW =
        ("00000000\t1\t" + "c".repeat(119) + "\t" + "p".repeat(59) + "\n")
            .getBytes(StandardCharsets.US_ASCII);

    @Override
    public InputStream open() {
      return new InputStream() {
        private final byte[] row = ROW.clone();
        private int given = ROW.length;
        private int next;

        @Override
        public int read() {
          throw new UnsupportedOperationException("one byte at once");
        }

        @Override
        public int read(byte[] to, int offset, int length) {
          int at = offset;
          while (at < offset + length) {
            if (given == row.length) {
              if (next == ROWS) {
                break;
              }
              digits(row, 0, next++);
              given = 0;
            }
            int n = Math.min(row.length - given, offset + length - at);
            System.arraycopy(row, given, to, at, n);
            given += n;
            at += n;
          }
          return at > offset ? at - offset : -1;
        }
      };
    }

    @Override
    public long rows() {
      return ROWS;
    }

    @Override
    public long bytes() {
      return (long) ROWS * ROW.length;
    }
  }
}
