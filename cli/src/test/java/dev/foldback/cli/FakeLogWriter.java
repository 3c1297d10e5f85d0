package dev.foldback.cli;

import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Keeps nothing but the newest manifest. */
final class FakeLogWriter implements LogWriter {
  private final SourceName source;
  private Optional<SegmentManifest> newest = Optional.empty();

  FakeLogWriter(SourceName source) {
    this.source = source;
  }

  @Override
  public Optional<SegmentManifest> newest() {
    return newest;
  }

  @Override
  public void append(ByteBuffer bytes) {}

  @Override
  public void mark() {}

  @Override
  public long taken() {
    return 0;
  }

  @Override
  public SegmentManifest commit(Contents c) {
    SegmentManifest manifest =
        new SegmentManifest(
            source,
            1,
            c.server(),
            c.stretch(),
            c.until(),
            Given.NOW,
            c.continues(),
            c.hole(),
            0,
            c.point());
    newest = Optional.of(manifest);
    return manifest;
  }

  @Override
  public void forget() {}

  @Override
  public long sentBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
