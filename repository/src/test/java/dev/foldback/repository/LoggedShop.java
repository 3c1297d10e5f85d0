package dev.foldback.repository;

import dev.foldback.core.Position;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A source with snapshots and a log whose segment n holds 1000 bytes from place n × 1000. */
final class LoggedShop {
  private static final int BYTES = 1000;

  private LoggedShop() {}

  static byte[] bytes(long segment) {
    byte[] bytes = new byte[BYTES];
    new Random(segment).nextBytes(bytes);
    return bytes;
  }

  private static Position.Binlog place(long segment) {
    return new Position.Binlog("binlog.000001", segment * BYTES, "");
  }

  /** A snapshot at the start of a segment. */
  static SnapshotId backup(ClockedStore store, long segment) {
    Sample sample = PruneFixture.sample((int) segment);
    SnapshotContents made = sample.contents();
    try (Repository repository = PruneFixture.open(store, store.clock());
        SnapshotWriter writer = repository.begin(Sample.SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      sample.write(writer);
      return writer
          .commit(
              new SnapshotContents(
                  place(segment),
                  0,
                  made.method(),
                  made.selection(),
                  made.objects(),
                  made.tables(),
                  made.findings(),
                  made.checks(),
                  made.origin(),
                  made.taken()))
          .id();
    }
  }

  /** Captures the segment of that number. */
  static void capture(ClockedStore store, long segment) {
    try (Repository repository = PruneFixture.open(store, store.clock());
        LogWriter writer = repository.beginLog(Sample.SOURCE, 1)) {
      write(writer, segment, store.clock().instant());
    }
  }

  static void write(LogWriter writer, long segment, Instant now) {
    writer.append(ByteBuffer.wrap(bytes(segment)));
    writer.mark();
    writer.commit(
        new LogWriter.Contents(
            Sample.SERVER,
            new LogStretch(
                place(segment),
                place(segment + 1),
                "aGVhZA==",
                Optional.of(now.minusSeconds(60)),
                Optional.of(now),
                1,
                3,
                BYTES,
                Optional.empty(),
                false,
                0,
                OptionalLong.empty(),
                Optional.empty()),
            now,
            segment > 1,
            Optional.empty(),
            Optional.empty()));
  }

  /** A day a segment, each with a snapshot at its start. */
  static ClockedStore days(int days) {
    ClockedStore store = new ClockedStore();
    var _ = Repositories.init(store, InitOptions.unsealed());
    for (int day = 1; day <= days; day++) {
      backup(store, day);
      store.pass(Duration.ofHours(24));
      capture(store, day);
    }
    return store;
  }

  static byte[] read(Repository repository, long segment) {
    try (InputStream in = repository.openSegment(Sample.SOURCE, segment)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
