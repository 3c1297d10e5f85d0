package dev.foldback.core.log;

import java.nio.ByteBuffer;
import java.time.Instant;

/** What a feed hands out next. */
public sealed interface LogItem {
  /**
   * Bytes of the log, exactly as the server keeps them, that follow those before. They are the
   * caller's until the next call.
   *
   * @param whole no transaction is open after them: a segment may end here
   */
  record Bytes(ByteBuffer bytes, boolean whole) implements LogItem {}

  /** The log file has ended: a segment must end here, and the next is in the next file. */
  record FileEnd() implements LogItem {}

  /**
   * There is nothing more for now.
   *
   * @param until by the source's clock: all that was in the log then has been handed out
   */
  record Quiet(Instant until) implements LogItem {}

  /** As {@link Quiet}, and the feed was asked to end there. */
  record End(Instant until) implements LogItem {}
}
