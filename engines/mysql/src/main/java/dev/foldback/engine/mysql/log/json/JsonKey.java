package dev.foldback.engine.mysql.log.json;

import java.util.Arrays;

/** A member's key. Of two the longer one comes later, and of two as long the greater. */
final class JsonKey implements Comparable<JsonKey> {
  /** With its quotes, as the server prints it. */
  final byte[] quoted;

  private final byte[] meaning;

  JsonKey(byte[] quoted) {
    this.quoted = quoted;
    this.meaning = meaning(quoted);
  }

  /** A key's own bytes. What the server escapes by a number is below 32. */
  private static byte[] meaning(byte[] quoted) {
    int end = quoted.length - 1;
    byte[] meant = new byte[end - 1];
    int length = 0;
    for (int i = 1; i < end; i++) {
      byte b = quoted[i];
      if (b == '\\') {
        int letter = ++i;
        i += quoted[letter] == 'u' ? 4 : 0;
        if (i >= end) {
          throw JsonScan.broken();
        }
        b = escaped(quoted, letter);
      }
      meant[length++] = b;
    }
    return Arrays.copyOf(meant, length);
  }

  private static byte escaped(byte[] text, int at) {
    return switch (text[at]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (byte) (digit(text[at + 3]) << 4 | digit(text[at + 4]));
      default -> text[at];
    };
  }

  private static int digit(byte b) {
    return Character.digit(b, 16);
  }

  @Override
  public int compareTo(JsonKey other) {
    return meaning.length != other.meaning.length
        ? Integer.compare(meaning.length, other.meaning.length)
        : Arrays.compareUnsigned(meaning, other.meaning);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonKey key && Arrays.equals(meaning, key.meaning);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(meaning);
  }
}
