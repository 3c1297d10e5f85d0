package dev.foldback.engine.mysql.rows;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import org.jspecify.annotations.Nullable;

/** A value that the target's max_allowed_packet keeps out. */
public final class TooLarge {
  public static final String HINT =
      "Run SET GLOBAL max_allowed_packet=1073741824 on the target, and set it in its configuration"
          + " file; then run the same command again.";

  private TooLarge() {}

  public static FoldbackException of(String what, String why, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.VALUE_TOO_LARGE,
        what + ": a value is larger than the target takes, and none is cut: " + why,
        HINT,
        cause);
  }
}
