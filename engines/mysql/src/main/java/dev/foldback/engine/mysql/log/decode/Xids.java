package dev.foldback.engine.mysql.log.decode;

import java.util.HexFormat;
import java.util.Locale;

/** Names of XA transactions and of savepoints in the statements that servers log. */
final class Xids {
  private Xids() {}

  /** From a statement such as {@code XA COMMIT X'7831',X'62',7}: the part behind two words. */
  static String of(String statement) {
    String[] words = statement.split("\\s+", 3);
    return words.length < 3
        ? ""
        : words[2].replace(" ", "").toUpperCase(Locale.ROOT).replace("ONEPHASE", "");
  }

  /** From an XA_PREPARE event, as the statements have it. */
  static String of(Cursor in) {
    long format = in.u32();
    int global = in.i32();
    int branch = in.i32();
    HexFormat hex = HexFormat.of().withUpperCase();
    return "X'"
        + hex.formatHex(in.copy(global))
        + "',X'"
        + hex.formatHex(in.copy(branch))
        + "',"
        + format;
  }

  /** A savepoint without its quotes. */
  static String name(String written) {
    String name = written.strip();
    if (name.toUpperCase(Locale.ROOT).startsWith("SAVEPOINT ")) {
      name = name.substring("SAVEPOINT ".length()).strip();
    }
    if (name.length() > 1 && (name.charAt(0) == '`' || name.charAt(0) == '"')) {
      String quote = name.substring(0, 1);
      return name.substring(1, name.length() - 1).replace(quote + quote, quote);
    }
    return name;
  }
}
