package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogPlace;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a log. Each names the place. */
final class LogErrors {
  private static final String BEFORE =
      "Everything before this place can still be restored: use --at "; // a place follows

  private LogErrors() {}

  static FoldbackException damaged(LogPlace at, String what) {
    return damaged(at, what, null);
  }

  static FoldbackException damaged(LogPlace at, String what, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.LOG_DAMAGED,
        "the log is damaged at "
            + at
            + ": "
            + what
            + "; changes from there on can't be known from this copy",
        BEFORE + at + " or earlier. Run foldback verify, and take a new snapshot.",
        cause);
  }

  /** What the log says there can't be turned into exact rows. */
  static FoldbackException refused(LogPlace at, String what, String instead) {
    return new FoldbackException(
        ErrorCode.LOG_NOT_FOLDABLE,
        "the log at "
            + at
            + " "
            + what
            + "; its effect on rows can't be known, so nothing past that place is restored",
        BEFORE + at + " or earlier. " + instead);
  }
}
