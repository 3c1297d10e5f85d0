package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.rows.TooLarge;
import java.sql.SQLException;
import java.util.Set;

/** What the target's errors mean. */
final class Failures {
  /** Deadlock, lock wait, server shutdown, gone away, lost, interrupted, killed. */
  private static final Set<Integer> PASSING =
      Set.of(1205, 1213, 1053, 1077, 1079, 1317, 1927, 1969, 2006, 2013, 1180, 4031);

  private static final Set<Integer> RIGHTS = Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1410);

  /** Its text quotes the statement. */
  private static final int NOT_UNDERSTOOD = 1064;

  private Failures() {}

  /** Whether the same statement may work when tried again. */
  static boolean passing(SQLException e) {
    String state = e.getSQLState();
    return PASSING.contains(e.getErrorCode())
        || (!ServerErrors.isTooLarge(e)
            && state != null
            && (state.startsWith("08") || state.equals("40001")));
  }

  static boolean lost(SQLException e) {
    String state = e.getSQLState();
    return (state != null && state.startsWith("08")) || e.getErrorCode() == 1927;
  }

  static FoldbackException of(String what, SQLException e) {
    if (ServerErrors.isTooLarge(e)) {
      return TooLarge.of(what, text(e), e);
    }
    if (lost(e)) {
      return new FoldbackException(
          ErrorCode.SERVER_LOST,
          what + ": the connection to the target was lost: " + text(e),
          "The restore is unfinished. Run the same command again: it goes on with what is missing.",
          e);
    }
    if (RIGHTS.contains(e.getErrorCode())) {
      return new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          what + ": the account may not do this: " + text(e),
          "Grant what the message names, then run the same command again: it goes on.",
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
