package dev.foldback.engine.mysql.log.decode;

import java.util.ArrayList;
import java.util.List;

/** Names of the bits of sql_mode. Those that MySQL 8 no longer takes are left out for MySQL. */
final class SqlModes {
  private static final String[] NAMES = {
    "REAL_AS_FLOAT",
    "PIPES_AS_CONCAT",
    "ANSI_QUOTES",
    "IGNORE_SPACE",
    "IGNORE_BAD_TABLE_OPTIONS",
    "ONLY_FULL_GROUP_BY",
    "NO_UNSIGNED_SUBTRACTION",
    "NO_DIR_IN_CREATE",
    "POSTGRESQL",
    "ORACLE",
    "MSSQL",
    "DB2",
    "MAXDB",
    "NO_KEY_OPTIONS",
    "NO_TABLE_OPTIONS",
    "NO_FIELD_OPTIONS",
    "MYSQL323",
    "MYSQL40",
    "ANSI",
    "NO_AUTO_VALUE_ON_ZERO",
    "NO_BACKSLASH_ESCAPES",
    "STRICT_TRANS_TABLES",
    "STRICT_ALL_TABLES",
    "NO_ZERO_IN_DATE",
    "NO_ZERO_DATE",
    "ALLOW_INVALID_DATES",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "TRADITIONAL",
    "NO_AUTO_CREATE_USER",
    "HIGH_NOT_PRECEDENCE",
    "NO_ENGINE_SUBSTITUTION",
    "PAD_CHAR_TO_FULL_LENGTH",
    "EMPTY_STRING_IS_NULL",
    "SIMULTANEOUS_ASSIGNMENT",
    "TIME_ROUND_FRACTIONAL"
  };

  private static final int FIRST_GONE = 8;
  private static final int LAST_GONE = 17;
  private static final int BAD_OPTIONS = 4;
  private static final int NO_USER = 28;
  private static final int TRUNCATE = 32;

  private SqlModes() {}

  static String names(long bits, boolean mariaDb) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      if ((bits >> i & 1) != 0 && (mariaDb || isOfMySql(i))) {
        names.add(!mariaDb && i == TRUNCATE ? "TIME_TRUNCATE_FRACTIONAL" : NAMES[i]);
      }
    }
    return String.join(",", names);
  }

  private static boolean isOfMySql(int bit) {
    boolean gone = bit >= FIRST_GONE && bit <= LAST_GONE;
    return !gone && bit != BAD_OPTIONS && bit != NO_USER && bit <= TRUNCATE;
  }
}
