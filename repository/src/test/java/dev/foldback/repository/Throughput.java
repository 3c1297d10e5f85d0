package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.WriterOptions;
import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Prints how fast lanes take rows such as sysbench's: arguments are lanes and MiB for each. */
final class Throughput {
  private static final int ROWS = 200_000;

  private Throughput() {}

  public static void main(String[] args) throws Exception {
    int lanes = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    long each = (args.length > 1 ? Long.parseLong(args[1]) : 2000) << 20;
    Path folder = Files.createTempDirectory("foldback-throughput");
    Path key = folder.resolve("key");
    Sink store = new Sink();
    var _ = Repositories.init(store, InitOptions.sealed(key));
    byte[][] rows = rows();
    for (int round = 0; round < 2; round++) {
      try (var repository = Repositories.open(store, Optional.empty(), Clock.systemUTC());
          SnapshotWriter writer =
              repository.begin(Sample.SOURCE, Sample.SERVER, new WriterOptions(lanes, 1, false))) {
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < lanes; i++) {
          TableName table = new TableName("sbtest", "t" + i);
          threads.add(Thread.ofPlatform().start(() -> fill(writer, table, rows, each)));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
            "%d lanes, %.2f s, %.0f MB/s a lane, %.2f of the rows' size sent%n",
            lanes,
            seconds,
            each / seconds / 1e6,
            (double) writer.transfer().sentBytes() / (each * lanes));
      }
    }
    Files.delete(key);
    Files.delete(folder);
  }

  private static void fill(SnapshotWriter writer, TableName table, byte[][] rows, long bytes) {
    try (Lane lane = writer.openLane()) {
      RowSink sink = lane.begin(table, Slice.whole(0));
      long left = bytes;
      for (int i = 0; left > 0; i = (i + 1) % rows.length) {
        Sample.append(sink, rows[i]);
        left -= rows[i].length;
      }
      lane.end();
    }
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

  /** Keeps small files and swallows objects. */
  private static final class Sink implements ObjectStore {
    private final TestStore small = new TestStore();

    @Override
    public Capabilities capabilities() {
      return small.capabilities();
    }

    @Override
    public PutOutcome putIfAbsent(String key, byte[] bytes) {
      return key.startsWith(Keys.OBJECTS) ? PutOutcome.WRITTEN : small.putIfAbsent(key, bytes);
    }

    @Override
    public byte[] get(String key) {
      return small.get(key);
    }

    @Override
    public byte[] get(String key, long offset, int length) {
      return small.get(key, offset, length);
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
      small.list(prefix, each);
    }

    @Override
    public Optional<StoredObject> stat(String key) {
      return small.stat(key);
    }

    @Override
    public void delete(String key) {
      small.delete(key);
    }

    @Override
    public String describe() {
      return "a sink";
    }

    @Override
    public void close() {}
  }
}
