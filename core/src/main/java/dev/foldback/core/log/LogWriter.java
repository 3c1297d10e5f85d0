package dev.foldback.core.log;

import dev.foldback.core.Origin;
import dev.foldback.core.engine.ServerInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the log of one source, segment after segment, and holds the lease for that. Bytes stream
 * to the store in frames as they come, so memory is bounded however long a transaction is. For one
 * thread.
 */
public interface LogWriter extends AutoCloseable {

  /** The newest segment; empty where there is none yet. */
  Optional<SegmentManifest> newest();

  /** Takes bytes of the open segment. */
  void append(ByteBuffer bytes);

  /** The segment may end after what was taken so far. */
  void mark();

  /** Bytes taken since the last commit or {@link #forget}. */
  long taken();

  /**
   * Commits a segment of what was taken up to the last mark, possibly nothing, and begins another.
   * Fails with {@code LEASE_LOST} where another run has committed one meanwhile.
   */
  SegmentManifest commit(Contents contents);

  /** Forgets what was taken and not committed. */
  void forget();

  /** Stored bytes that were sent so far. */
  long sentBytes();

  /** Gives the lease back; what was not committed is lost. */
  @Override
  void close();

  /**
   * What a segment says besides its bytes; see {@link SegmentManifest}.
   *
   * @param stretch its {@code bytes} are those up to the mark
   */
  record Contents(
      ServerInfo server,
      LogStretch stretch,
      Instant until,
      boolean continues,
      Optional<LogHole> hole,
      Optional<Origin> point) {}
}
