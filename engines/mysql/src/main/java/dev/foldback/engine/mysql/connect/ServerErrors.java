package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server's and the driver's errors mean. Messages never hold a secret. */
public final class ServerErrors {
  /** Managed services answer FLUSH TABLES WITH READ LOCK with 1045. */
  private static final Set<Integer> RIGHT = Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1410, 1419);

  private static final Set<Integer> LOST = Set.of(1053, 1927, 2006, 2013, 3169, 4031, 1152, 1158);

  /** Deadlock, lock wait, shutdown, interrupted, too long, failing commit. */
  private static final Set<Integer> PASSING = Set.of(1205, 1213, 1077, 1079, 1317, 1969, 1180);

  private static final Set<Integer> GONE = Set.of(1146, 1049, 1051, 1412, 1054, 1176);
  private static final Set<Integer> TOO_LARGE = Set.of(1153, 1301);

  private static final Set<Integer> FULL = Set.of(1021, 1114);

  private ServerErrors() {}

  /** Why the rows of a table could not be read. */
  public static FoldbackException reading(TableName table, SQLException e) {
    if (isGone(e)) {
      return new FoldbackException(
          ErrorCode.DEFINITION_CHANGED,
          table + " was dropped or redefined while it was read: " + text(e),
          "Nothing of this run is kept as a backup. Run it again when no DDL runs.",
          e);
    }
    if (isTooLarge(e) || mentions(e, "maxAllowedPacket")) {
      return new FoldbackException(
          ErrorCode.VALUE_TOO_LARGE,
          "a row of " + table + " is too large for the connection: " + text(e),
          "Run SET GLOBAL max_allowed_packet=1073741824 on the server, and give a larger heap,"
              + " such as FOLDBACK_HEAP=4g.",
          e);
    }
    return failed("reading " + table, e);
  }

  /** Why a statement failed; {@code doing} says what it was for, such as {@code reading users}. */
  public static FoldbackException failed(String doing, SQLException e) {
    if (RIGHT.contains(e.getErrorCode())) {
      return new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          doing + ": the account lacks a right: " + text(e),
          "Grant it; 'foldback backup' names the exact statement before it starts.",
          e);
    }
    if (isLost(e)) {
      return new FoldbackException(
          ErrorCode.SERVER_LOST,
          doing + ": the connection was lost: " + text(e),
          "Check that the server runs and look into its error log, then run again.",
          e);
    }
    return new FoldbackException(
        ErrorCode.STATEMENT_FAILED,
        doing + ": " + text(e),
        "Look the server's error " + e.getErrorCode() + " up in its manual, and its error log.",
        e);
  }

  /** Whether the connection itself is gone, or the session was killed. */
  public static boolean isLost(SQLException e) {
    @Nullable String state = e.getSQLState();
    return LOST.contains(e.getErrorCode()) || (state != null && state.startsWith("08"));
  }

  /** Whether the server kept its connections and answered on none of them for long. */
  public static boolean isUnanswered(SQLException e) {
    return mentions(e, "has not answered for");
  }

  /** Whether the same statement may work when tried again, on a new connection. */
  public static boolean isPassing(SQLException e) {
    return PASSING.contains(e.getErrorCode())
        || "40001".equals(e.getSQLState())
        || (isLost(e) && !isTooLarge(e));
  }

  /** Whether a table, or a column of it, is not there any more or not as it was. */
  public static boolean isGone(SQLException e) {
    return GONE.contains(e.getErrorCode());
  }

  /** Whether a packet or result was above max_allowed_packet. */
  public static boolean isTooLarge(SQLException e) {
    return TOO_LARGE.contains(e.getErrorCode());
  }

  /** Whether a disk, a tablespace or a table of bounded size is full; 28 is Unix's ENOSPC. */
  public static boolean isFull(SQLException e) {
    return FULL.contains(e.getErrorCode())
        || mentions(e, "No space left on device")
        || mentions(e, "rrcode: 28 ")
        || mentions(e, "error 28 ");
  }

  /** Whether the statement was refused for want of a right. */
  public static boolean isRightMissing(SQLException e) {
    return RIGHT.contains(e.getErrorCode());
  }

  private static boolean mentions(SQLException e, String word) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && message.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The server's words without the driver's prefix, and what the network said where the driver does
   * not pass it on.
   */
  public static String text(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String plain = message.replaceFirst("^\\(conn=[-0-9]+\\) ", "");
    for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
      String more = t.getMessage();
      if (t instanceof IOException && more != null && !plain.contains(more)) {
        return plain + ": " + more;
      }
    }
    return plain;
  }
}
