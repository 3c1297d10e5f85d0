package dev.foldback.core.log;

import dev.foldback.core.Position;

/** Where to begin to read a log. */
public sealed interface LogStart {
  /**
   * Right after what is stored. The feed proves first that the server's log still holds the last
   * event there, byte for byte.
   */
  record After(SegmentManifest segment) implements LogStart {}

  /**
   * A place of this server's log that something else vouches for, such as a snapshot.
   *
   * @param serverId the server that the place belongs to
   */
  record At(Position position, String serverId) implements LogStart {}

  /** The end of the log as it is now. */
  record Now() implements LogStart {}
}
