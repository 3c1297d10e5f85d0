package dev.foldback.testkit;

import java.util.List;
import java.util.Random;

/**
 * JSON documents by chance, and changes of parts of them that MySQL can log as such, as SQL. Keys
 * and values are the odd ones: with blanks, dots, quotes and escapes, empty, beyond ASCII, and
 * values of types that JSON has no name for.
 */
public final class JsonWork {
  private static final List<String> KEYS =
      List.of(
          "a",
          "b",
          "bb",
          "aa",
          "ccc",
          "a b",
          "a.b",
          "",
          "é",
          "ключ",
          "😀",
          "q\"uote",
          "back\\slash",
          "tab\t",
          "\u0001",
          "$",
          "last",
          "[0]",
          "1st",
          "null",
          "*",
          "it's",
          "_x",
          "$y",
          "a-b",
          "\u200c",
          "e\u0301",
          "\n\r\b\f",
          "/",
          "\u007f",
          "[last]");

  private static final int LARGE = 70_000;

  private final Random random;
  private final boolean large;

  /**
   * @param large whether some documents do not fit into a page. MySQL 9.7 was seen to keep a change
   *     of such a one that it rolled back, so what then happens must be committed
   */
  public JsonWork(Random random, boolean large) {
    this.random = random;
    this.large = large;
  }

  /** A document large enough that a change of it is worth to be logged as one. */
  public String document() {
    int length = large && random.nextInt(10) == 0 ? LARGE : 50 + random.nextInt(300);
    String filler = "f".repeat(length);
    return random.nextBoolean()
        ? "JSON_OBJECT('filler', '" + filler + "', " + members(0, 6) + ")"
        : "JSON_ARRAY('" + filler + "', " + container(1) + ", " + container(1) + ")";
  }

  /** The column with some of its parts changed. */
  public String change(String column) {
    String changed = column;
    int functions = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    for (int i = 0; i < functions; i++) {
      changed = change(changed, 1 + random.nextInt(3));
    }
    return changed;
  }

  private String change(String document, int places) {
    StringBuilder sql = new StringBuilder();
    int kind = random.nextInt(5);
    sql.append(kind < 3 ? "JSON_SET(" : kind == 3 ? "JSON_REPLACE(" : "JSON_REMOVE(");
    sql.append(document);
    for (int i = 0; i < places; i++) {
      sql.append(", '").append(escaped(path())).append('\'');
      if (kind < 4) {
        sql.append(", ").append(value(1));
      }
    }
    return sql.append(')').toString();
  }

  private String path() {
    StringBuilder path = new StringBuilder("$");
    int legs = 1 + random.nextInt(3);
    for (int i = 0; i < legs; i++) {
      switch (random.nextInt(8)) {
        case 0 -> path.append("[last]");
        case 1 -> path.append("[last-").append(random.nextInt(3)).append(']');
        case 2, 3, 4 -> path.append('[').append(random.nextInt(5)).append(']');
        default -> path.append('.').append(quoted(key()));
      }
    }
    return path.toString();
  }

  private String key() {
    // Some keys come more often, so that a change finds them.
    return KEYS.get(random.nextInt(random.nextBoolean() ? 6 : KEYS.size()));
  }

  private String value(int depth) {
    if (depth < 4 && random.nextInt(3) == 0) {
      return container(depth);
    }
    return switch (random.nextInt(17)) {
      case 0 -> "NULL";
      case 1 -> "TRUE";
      case 2 -> "CAST('false' AS JSON)";
      case 3 -> Integer.toString(random.nextInt(100));
      case 4 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 5 -> "18446744073709551615";
      case 6 -> "CAST(" + random.nextGaussian() * 1000 + " AS DOUBLE)";
      case 7 -> "1e" + (random.nextInt(60) - 30);
      case 8 -> "12.3400";
      case 9 -> "DATE'2024-02-29'";
      case 10 -> "TIME'-10:11:12.5'";
      case 11 -> "TIMESTAMP'2024-02-29 01:02:03.000004'";
      case 12 -> "X'00FF0A" + "41".repeat(random.nextInt(70)) + "'";
      case 13 -> "B'1010'";
      case 14 -> "'" + "long ".repeat(random.nextInt(40)) + "'";
      default -> "'" + escaped(KEYS.get(random.nextInt(KEYS.size()))) + "'";
    };
  }

  private String container(int depth) {
    if (random.nextBoolean()) {
      return "JSON_OBJECT(" + members(depth, random.nextInt(5)) + ")";
    }
    StringBuilder sql = new StringBuilder("JSON_ARRAY(");
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      sql.append(i > 0 ? ", " : "").append(value(depth + 1));
    }
    return sql.append(')').toString();
  }

  private String members(int depth, int count) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < count; i++) {
      sql.append(i > 0 ? ", '" : "'").append(escaped(key())).append("', ");
      sql.append(value(depth + 1));
    }
    return sql.toString();
  }

  private static String quoted(String key) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("'", "''");
  }
}
