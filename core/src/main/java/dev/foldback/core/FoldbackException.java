package dev.foldback.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on: a stable code, what happened and what it means for the data,
 * and what to do. The text never holds a secret.
 */
public class FoldbackException extends RuntimeException {
  private final ErrorCode code;
  private final String hint;

  public FoldbackException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  public FoldbackException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
  }

  public ErrorCode code() {
    return code;
  }

  /** What to do next, in words or as an exact command. */
  public String hint() {
    return hint;
  }
}
