package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Runs statements under the settings that they were written under, which the server keeps with the
 * program. Not for several threads.
 */
final class ProgramSession {
  private final Db db;
  private final String base;

  ProgramSession(Db db, Flavor flavor) throws SQLException {
    this.db = db;
    // MariaDB's GRANT would create an account that is not there.
    this.base =
        "SET NAMES utf8mb4, SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES"
            + (flavor.mariaDb() ? ",NO_AUTO_CREATE_USER" : "")
            + "', SESSION time_zone='+00:00'";
    db.run(base);
    // The driver ends a connection whose character set changes, as soon as it is told.
    db.run("SET SESSION session_track_system_variables=''");
  }

  Db db() {
    return db;
  }

  /**
   * @param context sql_mode, time_zone, character_set_client, collation_connection and
   *     database_collation, where the program has them
   */
  void run(String schema, String sql, Map<String, String> context) throws SQLException {
    if (!schema.isEmpty()) {
      db.use(schema);
    }
    String collation = withCollation(schema, context.getOrDefault("database_collation", ""));
    try {
      String charset = context.getOrDefault("character_set_client", "utf8mb4");
      byte[] bytes = bytes(sql, charset);
      String settings = settings(context, charset);
      try {
        db.run(settings);
        run(bytes, sql);
      } finally {
        db.run(base);
      }
    } finally {
      if (!collation.isEmpty()) {
        db.run("ALTER DATABASE " + Sql.name(schema) + " COLLATE " + collation);
      }
    }
  }

  /** As {@link #run}, by the clock of when the program was created. */
  void runThen(String schema, String sql, Map<String, String> context) throws SQLException {
    String created = context.getOrDefault("created", "1970-01-02 00:00:00");
    db.run("SET SESSION timestamp=UNIX_TIMESTAMP(" + Sql.text(created) + ")");
    try {
      run(schema, sql, context);
    } finally {
      db.run("SET SESSION timestamp=DEFAULT");
    }
  }

  /**
   * What to send for a statement as part of several: where it is to run, its settings, and it.
   * After it must come {@link #plain}.
   */
  List<byte[]> script(String schema, String sql, Map<String, String> context) throws SQLException {
    String charset = context.getOrDefault("character_set_client", "utf8mb4");
    byte[] bytes = bytes(sql, charset);
    return List.of(
        utf8("USE " + Sql.name(schema)),
        utf8(settings(context, charset)),
        bytes.length == 0 ? utf8(sql) : bytes);
  }

  /** The settings of a session that runs no program's statement. */
  byte[] plain() {
    return utf8(base);
  }

  static byte[] utf8(String sql) {
    return sql.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the schema would have to change its collation for a program with this context. */
  boolean needsOtherCollation(String schema, Map<String, String> context) throws SQLException {
    String wanted = context.getOrDefault("database_collation", "");
    if (wanted.isEmpty()) {
      return false;
    }
    db.use(schema);
    return !db.value("SELECT @@collation_database").equals(wanted);
  }

  private void run(byte[] bytes, String sql) throws SQLException {
    if (bytes.length == 0) {
      db.run(sql);
    } else {
      new RawStatement(bytes).send(db);
    }
  }

  /** Gives the schema the collation for a while; returns the one to go back to, or nothing. */
  private String withCollation(String schema, String wanted) throws SQLException {
    if (schema.isEmpty() || wanted.isEmpty()) {
      return "";
    }
    String now = db.value("SELECT @@collation_database");
    if (now.equals(wanted)) {
      return "";
    }
    try {
      db.run("ALTER DATABASE " + Sql.name(schema) + " COLLATE " + wanted);
      return now;
    } catch (SQLException e) {
      // The server does not know this collation: the program gets the schema's own.
      return "";
    }
  }

  private String settings(Map<String, String> context, String charset) {
    List<String> set = new ArrayList<>();
    if (context.containsKey("time_zone")) {
      set.add("SESSION time_zone=" + Sql.text(context.get("time_zone")));
    }
    if (context.containsKey("sql_mode")) {
      set.add("SESSION sql_mode=" + Sql.text(context.get("sql_mode")));
    }
    set.add("character_set_client=" + charset);
    if (context.containsKey("collation_connection")) {
      set.add("collation_connection=" + context.get("collation_connection"));
    }
    return "SET " + String.join(", ", set);
  }

  /** The text in the character set, by the server's own tables; nothing where UTF-8 will do. */
  private byte[] bytes(String sql, String charset) throws SQLException {
    boolean ascii = sql.chars().allMatch(c -> c < 0x80);
    if (ascii || charset.startsWith("utf8")) {
      return new byte[0];
    }
    String hex = HexFormat.of().formatHex(sql.getBytes(StandardCharsets.UTF_8));
    String converted = "CONVERT(_utf8mb4 X'" + hex + "' USING " + charset + ")";
    byte[] bytes = HexFormat.of().parseHex(db.value("SELECT HEX(" + converted + ")"));
    if (!db.value("SELECT HEX(CONVERT(" + converted + " USING utf8mb4))").equalsIgnoreCase(hex)) {
      throw new SQLException(
          "it is kept in character set " + charset + ", which lacks some of its characters");
    }
    return bytes;
  }
}
