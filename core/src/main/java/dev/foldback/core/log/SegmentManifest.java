package dev.foldback.core.log;

import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * A committed segment of the log, as its manifest tells without any key.
 *
 * @param number counts up by one from 1
 * @param stretch what it holds
 * @param until by the source's clock: all of the log up to then is stored
 * @param written when it was committed, by the capturing host's clock
 * @param continues whether it follows the segment before it unbroken
 * @param hole what was lost before it; empty where it continues, or is the first and no snapshot
 *     before it was to be followed
 * @param storedBytes of the objects that it refers to
 * @param point how the restore point at its end came to be; empty where no backup made one there
 */
public record SegmentManifest(
    SourceName source,
    long number,
    ServerInfo server,
    LogStretch stretch,
    Instant until,
    Instant written,
    boolean continues,
    Optional<LogHole> hole,
    long storedBytes,
    Optional<Origin> point) {

  public Position from() {
    return stretch.from();
  }

  public Position to() {
    return stretch.to();
  }

  /** Where the segment after this one begins, if its log follows unbroken. */
  public boolean isFollowedBy(SegmentManifest next) {
    return next.number == number + 1
        && next.continues
        && next.server.id().equals(server.id())
        && LogOrder.follows(to(), stretch.fileEnds(), next.from());
  }
}
