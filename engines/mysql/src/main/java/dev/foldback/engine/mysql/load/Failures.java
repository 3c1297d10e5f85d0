package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.rows.TooLarge;
import java.sql.SQLException;

/** What the target's errors mean for a restore. */
final class Failures {
  /** Its text quotes the statement. */
  private static final int NOT_UNDERSTOOD = 1064;

  /** ER_CANNOT_FIND_KEY_IN_KEYRING: what is encrypted was to be made. */
  private static final int NO_KEYRING = 3185;

  private Failures() {}

  static FoldbackException of(String what, SQLException e) {
    if (ServerErrors.isTooLarge(e)) {
      return TooLarge.of(what, text(e), e);
    }
    if (ServerErrors.isLost(e)) {
      return new FoldbackException(
          ErrorCode.SERVER_LOST,
          what + ": the connection to the target was lost: " + text(e),
          "The restore is unfinished. Run the same command again: it goes on with what is missing.",
          e);
    }
    if (ServerErrors.isRightMissing(e)) {
      return new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          what + ": the account may not do this: " + text(e),
          "Grant what the message names, then run the same command again: it goes on.",
          e);
    }
    if (ServerErrors.isFull(e)) {
      return new FoldbackException(
          ErrorCode.STATEMENT_FAILED,
          what + ": the target has no room left: " + text(e),
          "The restore is unfinished and leaves its note on the target. Make room on the disk of"
              + " the target's data folder (or raise the limit of its tablespace or table; its"
              + " error log says which) and run the same command again: it goes on with what is"
              + " missing.",
          e);
    }
    if (e.getErrorCode() == NO_KEYRING) {
      return new FoldbackException(
          ErrorCode.STATEMENT_FAILED,
          what + ": the target has no keyring, so it can't have what is encrypted: " + text(e),
          "Load a keyring on the target (such as component_keyring_file) and run the same command"
              + " again, or exclude the tables with ENCRYPTION='Y'.",
          e);
    }
    return new FoldbackException(
        ErrorCode.STATEMENT_FAILED,
        what + ": the target refused: " + text(e),
        "The restore is unfinished and leaves its note on the target. Remove the cause and run the"
            + " same command again, or exclude the object.",
        e);
  }

  /** As {@link #text}, but nothing of a statement that may hold a password or its hash. */
  static String unquoted(SQLException e) {
    return e.getErrorCode() == NOT_UNDERSTOOD
        ? NOT_UNDERSTOOD + " the target does not understand its statement"
        : text(e);
  }

  /** The server's words without the driver's prefix with the connection number. */
  static String text(SQLException e) {
    return e.getErrorCode() + " " + ServerErrors.text(e);
  }
}
