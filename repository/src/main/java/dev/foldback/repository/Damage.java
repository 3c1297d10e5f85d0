package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the errors for what is stored wrongly. Text from the store is clipped before it is shown.
 */
final class Damage {
  private static final String VERIFY =
      "Run 'foldback verify' to see all that is touched; restore from another snapshot or from a"
          + " copy of the repository.";

  /** For what 'foldback verify' itself says, and where it would say no more. */
  private static final String HELPS =
      "Take a backup: it stores anew what is damaged. Until then restore from a snapshot that is"
          + " not named here, or put the file back from a copy of the repository.";

  private Damage() {}

  /** What helps where everything that is touched is being told. */
  static String help(FoldbackException e) {
    return e.hint().equals(VERIFY) ? HELPS : e.hint();
  }

  static FoldbackException manifest(String where, String what) {
    return manifest(where, what, null);
  }

  static FoldbackException manifest(String where, String what, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.MANIFEST_DAMAGED,
        where + " is damaged: " + what + "; nothing that depends on it is trusted",
        VERIFY,
        cause);
  }

  static FoldbackException object(String object, String what) {
    return object(object, what, null);
  }

  static FoldbackException object(String object, String what, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.OBJECT_DAMAGED,
        "object " + object + " is damaged: " + what + "; the rows in it can't be restored",
        VERIFY,
        cause);
  }

  static FoldbackException frame(String object, int at, String what) {
    return new FoldbackException(
        ErrorCode.FRAME_DAMAGED,
        "the frame at byte " + at + " of object " + object + " is damaged: " + what,
        VERIFY);
  }

  static FoldbackException missing(String object, String whose) {
    return new FoldbackException(
        ErrorCode.OBJECT_MISSING,
        "object " + object + " is missing from the store; " + whose + " needs it",
        VERIFY);
  }

  /** Text that came from the store, made safe and short for a message. */
  static String clip(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    return safe.length() <= 80 ? safe : safe.substring(0, 80) + "…";
  }
}
