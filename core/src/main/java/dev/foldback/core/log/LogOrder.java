package dev.foldback.core.log;

import dev.foldback.core.Position;

/** Order and continuity of positions, from positions alone: clocks may jump. */
public final class LogOrder {
  /** Where the first event of a binary log file is: after its four bytes of magic. */
  public static final long FILE_START = 4;

  private LogOrder() {}

  /** The place of a position that has one. */
  public static LogPlace place(Position position) {
    return switch (position) {
      case Position.Binlog b -> new LogPlace(b.file(), b.offset());
      case Position.None _ -> new LogPlace("", 0);
    };
  }

  /** Whether nothing can be between the two places. */
  public static boolean follows(Position end, boolean fileEnds, Position next) {
    LogPlace a = place(end);
    LogPlace b = place(next);
    return fileEnds ? follows(a, b) : a.equals(b);
  }

  /** Whether {@code next} is the start of the file after the one that {@code end} is in. */
  public static boolean follows(LogPlace end, LogPlace next) {
    return next.offset() == FILE_START
        && next.number() == end.number() + 1
        && base(end).equals(base(next));
  }

  private static String base(LogPlace place) {
    return place.file().replaceFirst("[0-9]*$", "");
  }
}
