package dev.foldback.core.log;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import org.jspecify.annotations.Nullable;

/** The server's log does not go on where the stored log ends. */
public final class LogBrokenException extends FoldbackException {
  private final String reason;

  /**
   * @param reason as {@link LogHole#reason}
   */
  public LogBrokenException(String reason, String message, @Nullable Throwable cause) {
    super(
        ErrorCode.LOG_BROKEN,
        message,
        "Take a new snapshot with 'foldback backup', then run 'foldback capture --accept-hole': it"
            + " begins a new stretch there and keeps a note of the hole.",
        cause);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
