package dev.foldback.repository;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.github.luben.zstd.Zstd;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Prints how fast one lane takes rows such as sysbench's, and gives them back, in MB of row bytes a
 * second: each stage alone, then the whole. The argument is how many MiB of rows; see
 * benchmarks/lane.
 */
final class Throughput {
  private static final int ROWS = 200_000;
  private static final TableName TABLE = new TableName("sbtest", "t1");

  private final Path key;
  private final byte[] chunk;
  private final long total;

  private Throughput(Path key, byte[] chunk, long total) {
    this.key = key;
    this.chunk = chunk;
    this.total = total;
  }

  public static void main(String[] args) throws IOException {
    long total = (args.length > 0 ? Long.parseLong(args[0]) : 256) << 20;
    Path folder = Files.createTempDirectory("foldback-throughput");
    try {
      byte[] all = new byte[8 << 20];
      int length = 0;
      for (byte[] row : rows()) {
        int part = Math.min(row.length, all.length - length);
        System.arraycopy(row, 0, all, length, part);
        length += part;
      }
      Throughput measured = new Throughput(folder.resolve("key"), all, total);
      for (int round = 1; round <= 3; round++) {
        System.out.println("round " + round + (round == 1 ? ", warming up" : ""));
        measured.round();
      }
    } finally {
      Files.deleteIfExists(folder.resolve("key"));
      Files.delete(folder);
    }
  }

  private void round() throws IOException {
    Files.deleteIfExists(key);
    TestStore store = new TestStore();
    var _ = Repositories.init(store, InitOptions.sealed(key));
    RecoveryKey secret = RecoveryKey.read(key);
    stages(secret);
    try (Repository repository = Repositories.open(store, Optional.of(secret), Clock.systemUTC())) {
      lane(repository, store);
    }
  }

  /** Each on the same 8 MiB of rows, again and again. */
  private void stages(RecoveryKey secret) {
    List<RecipientStanzaWriter> writers = Envelope.writers(secret.recipients());
    List<RecipientStanzaReader> readers = secret.readers();
    byte[] zstd = Zstd.compress(chunk, 1);
    byte[] sealed = Envelope.seal(zstd, zstd.length, writers);
    stage("write: SHA-256 of rows", () -> Hash.of(chunk));
    stage("write: zstd level 1", () -> Zstd.compress(chunk, 1));
    stage("write: age", () -> Envelope.seal(zstd, zstd.length, writers));
    stage("write: SHA-256 of the object", () -> Hash.of(sealed));
    stage("read:  SHA-256 of the object", () -> Hash.of(sealed));
    stage("read:  age", () -> Envelope.open("object", sealed, readers));
    stage("read:  zstd", () -> Zstd.decompress(zstd, chunk.length));
    stage("read:  SHA-256 of rows", () -> Hash.of(chunk));
  }

  private void stage(String name, Supplier<Object> work) {
    long begun = System.nanoTime();
    for (long done = 0; done < total; done += chunk.length) {
      Objects.requireNonNull(work.get());
    }
    print(name, begun, total);
  }

  private void lane(Repository repository, TestStore store) throws IOException {
    byte[][] rows = rows();
    Sample sample = new Sample();
    sample.tables.put(TABLE, List.of());
    SnapshotId id;
    long written = 0;
    long begun = System.nanoTime();
    try (SnapshotWriter writer = repository.begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      try (Lane lane = writer.openLane()) {
        for (Slice slice : Sample.slices(TABLE)) {
          RowSink sink = lane.begin(TABLE, slice);
          long left = total / Sample.slices(TABLE).size();
          for (int i = 0; left > 0; i = (i + 1) % rows.length) {
            Sample.append(sink, rows[i]);
            left -= rows[i].length;
            written += rows[i].length;
          }
          lane.end();
        }
      }
      id = writer.commit(sample.contents()).id();
    }
    print("write: the lane", begun, written);
    long stored = store.keys(Keys.OBJECTS).stream().mapToLong(k -> store.bytes(k).length).sum();
    System.out.printf("       stored as %.2f of the rows%n", (double) stored / written);
    begun = System.nanoTime();
    try (SnapshotReader reader = repository.open(id);
        InputStream in = reader.rows(TABLE).open()) {
      byte[] buffer = new byte[1 << 16];
      long read = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
      print("read:  the table", begun, read);
    }
  }

  private static void print(String name, long begun, long bytes) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("  %-30s %7.0f MB/s%n", name, bytes / seconds / 1e6);
  }

  private static byte[][] rows() {
    Random random = new Random(1);
    byte[][] rows = new byte[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      String c = groups(random, 10);
      String pad = groups(random, 5);
      String row = i + "\t" + random.nextInt(1_000_000) + "\t" + c + "\t" + pad + "\n";
      rows[i] = row.getBytes(StandardCharsets.US_ASCII);
    }
    return rows;
  }

  private static String groups(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 11; j++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
      text.append(i == count - 1 ? "" : "-");
    }
    return text.toString();
  }
}
