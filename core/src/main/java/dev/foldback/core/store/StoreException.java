package dev.foldback.core.store;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to an object store that failed, with what is known about its effect. */
public class StoreException extends FoldbackException {

  /** What went wrong. */
  public enum Kind {
    /** No object under that key. */
    NOT_FOUND(ErrorCode.OBJECT_MISSING, false),
    /** The bucket, container or folder itself is not there. */
    NO_PLACE(ErrorCode.STORE_UNREACHABLE, false),
    DENIED(ErrorCode.STORE_DENIED, false),
    FULL(ErrorCode.STORE_FULL, false),
    UNSUPPORTED(ErrorCode.STORE_UNSUPPORTED, false),
    THROTTLED(ErrorCode.STORE_FAILED, true),
    UNREACHABLE(ErrorCode.STORE_UNREACHABLE, true),
    /** The store or the way to it broke down, as with status 500 or a connection cut short. */
    DISTURBED(ErrorCode.STORE_FAILED, true),
    /** Anything else: few of these pass, so they are tried again for a short while only. */
    FAILED(ErrorCode.STORE_FAILED, true);

    private final ErrorCode code;
    private final boolean passing;

    Kind(ErrorCode code, boolean passing) {
      this.code = code;
      this.passing = passing;
    }

    /** Whether the same call may succeed later. */
    public boolean passing() {
      return passing;
    }
  }

  /** What is known about the effect of the failed call on the store. */
  public enum Effect {
    /** The store is as it was. */
    NONE,
    /** The call may or may not have taken effect. */
    UNKNOWN
  }

  private final Kind kind;
  private final Effect effect;
  private final Duration askedPause;

  public StoreException(
      Kind kind, Effect effect, String message, String hint, @Nullable Throwable cause) {
    this(kind, effect, message, hint, cause, Duration.ZERO);
  }

  /**
   * A failure of a store that says for how long it wants to be left alone.
   *
   * @param askedPause zero where it says nothing
   */
  public StoreException(
      Kind kind,
      Effect effect,
      String message,
      String hint,
      @Nullable Throwable cause,
      Duration askedPause) {
    super(kind.code, message, hint, cause);
    this.kind = kind;
    this.effect = effect;
    this.askedPause = askedPause;
  }

  public Kind kind() {
    return kind;
  }

  public Effect effect() {
    return effect;
  }

  /** For how long the store asks to be left alone; zero where it says nothing. */
  public Duration askedPause() {
    return askedPause;
  }
}
