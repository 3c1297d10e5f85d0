package dev.foldback.engine.mysql.undo;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;

/**
 * What stands around the statements of a script. A table of the session's own counts those that did
 * their work; one that did not makes it name the problem twice, which its unique key refuses under
 * every sql_mode, and which needs no right to create programs. The client stops there. A client
 * that is told to go on comes to the end with too low a count, and there is no COMMIT.
 */
final class GuardedScript {
  private static final String STRICT =
      "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";
  private static final String LENIENT = "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";
  private static final String CHANGED = "the row is not as the change left it";
  private static final String REFERRED = "other rows refer to this one by a foreign key";

  private static final String TABLE = "`foldback_undo`";

  private long guards;

  String begin(List<String> words, String schema) {
    StringBuilder sql = new StringBuilder();
    for (String line : words) {
      sql.append("-- ").append(line.replaceAll("\\p{Cntrl}", " ")).append('\n');
    }
    return sql.append("SET @foldback_sql_mode = @@sql_mode;\n")
        .append("SET @foldback_time_zone = @@time_zone;\n")
        .append("SET @foldback_checks = @@foreign_key_checks;\n")
        .append("SET @foldback_safe = @@sql_safe_updates;\n")
        .append("SET NAMES utf8mb4;\n")
        .append("SET time_zone = '+00:00', foreign_key_checks = 1, sql_safe_updates = 0;\n")
        .append(mode(STRICT))
        .append("USE " + Sql.name(schema) + ";\n")
        .append("CREATE TEMPORARY TABLE " + TABLE)
        .append(" (`done` BIGINT NOT NULL, `state` VARCHAR(100) CHARACTER SET ascii NOT NULL,")
        .append(" UNIQUE KEY `state` (`state`)) ENGINE=InnoDB;\n")
        .append(
            "INSERT INTO "
                + TABLE
                + " VALUES (0, 'good'), (-1, '"
                + CHANGED
                + "'), (-2, '"
                + REFERRED
                + "');\n")
        .append("START TRANSACTION;\n")
        .toString();
  }

  private static String mode(String modes) {
    return "SET sql_mode = '" + modes + "';\n";
  }

  /** A statement that must change one row. */
  String one(String statement, boolean lenient) {
    String guarded = statement + guard("ROW_COUNT() = 1", CHANGED);
    return lenient ? mode(LENIENT) + guarded + mode(STRICT) : guarded;
  }

  /**
   * The same without foreign keys, where no row may refer to the one that goes.
   *
   * @param referring queries of which none may find a row
   */
  String alone(String statement, boolean lenient, List<String> referring) {
    StringBuilder sql = new StringBuilder();
    for (String query : referring) {
      sql.append(guard("NOT EXISTS (" + query + ")", REFERRED));
    }
    return sql.append("SET foreign_key_checks = 0;\n")
        .append(one(statement, lenient))
        .append("SET foreign_key_checks = 1;\n")
        .toString();
  }

  private String guard(String condition, String problem) {
    guards++;
    return "UPDATE "
        + TABLE
        + " SET `done` = `done` + 1, `state` = IF("
        + condition
        + ", 'good', '"
        + problem
        + "') WHERE `done` >= 0;\n";
  }

  String end() {
    return "\nSET @foldback_last = IF((SELECT `done` FROM "
        + TABLE
        + " WHERE `state` = 'good') = "
        + guards
        + ", 'COMMIT', 'DO 0');\n"
        + "PREPARE foldback_last FROM @foldback_last;\n"
        + "EXECUTE foldback_last;\n"
        + "DEALLOCATE PREPARE foldback_last;\n"
        + "ROLLBACK;\n"
        + "DROP TEMPORARY TABLE "
        + TABLE
        + ";\n"
        + "SET sql_mode = @foldback_sql_mode, time_zone = @foldback_time_zone,"
        + " foreign_key_checks = @foldback_checks, sql_safe_updates = @foldback_safe;\n";
  }
}
