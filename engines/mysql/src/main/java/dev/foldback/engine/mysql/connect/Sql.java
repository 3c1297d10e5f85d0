package dev.foldback.engine.mysql.connect;

/** Quoting. Every name and text that goes into a statement goes through here. */
public final class Sql {
  private Sql() {}

  /** A quoted identifier, whatever characters it holds. */
  public static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** {@code `schema`.`name`}. */
  public static String name(String schema, String name) {
    return name(schema) + "." + name(name);
  }

  /**
   * A string literal that is right under every sql_mode, also NO_BACKSLASH_ESCAPES: where the text
   * holds a backslash it is written in hexadecimal.
   */
  public static String text(String text) {
    if (text.indexOf('\\') < 0 && text.indexOf('\0') < 0) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder hex = new StringBuilder("_utf8mb4 X'");
    for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      hex.append(String.format("%02X", b));
    }
    return hex.append('\'').toString();
  }
}
