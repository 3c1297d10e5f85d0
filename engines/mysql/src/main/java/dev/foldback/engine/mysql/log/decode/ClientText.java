package dev.foldback.engine.mysql.log.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Statements in the character set that their client spoke, by the number of a collation of it. */
final class ClientText {
  private static final int LATIN1 = 8;

  /** Of MariaDB's uca1400 collations of utf8mb4; those of wider sets follow. */
  private static final int LAST_UTF8 = 2559;

  /** A pair each: Java's name of a character set, and numbers of its collations. */
  private static final Object[][] SETS = {
    {"GBK", new int[] {28, 87}},
    {"GB2312", new int[] {24, 86}},
    {"GB18030", new int[] {248, 249, 250}},
    {"Big5", new int[] {1, 84}},
    {"Shift_JIS", new int[] {13, 88}},
    {"windows-31j", new int[] {95, 96}},
    {"EUC-JP", new int[] {12, 91, 97, 98}},
    {"EUC-KR", new int[] {19, 85}},
    {"ISO-8859-2", new int[] {2, 9, 21, 27, 77}},
    {"ISO-8859-7", new int[] {25, 70}},
    {"ISO-8859-8", new int[] {16, 71}},
    {"ISO-8859-9", new int[] {30, 78}},
    {"ISO-8859-13", new int[] {20, 41, 42, 79}},
    {"windows-1250", new int[] {26, 34, 44, 66, 99}},
    {"windows-1251", new int[] {14, 23, 50, 51, 52}},
    {"windows-1256", new int[] {57, 67}},
    {"windows-1257", new int[] {29, 58, 59}},
    {"KOI8-R", new int[] {7, 74}},
    {"KOI8-U", new int[] {22, 75}},
    {"IBM850", new int[] {4, 80}},
    {"IBM852", new int[] {40, 81}},
    {"IBM866", new int[] {36, 68}},
    {"TIS-620", new int[] {18, 89}},
  };

  private ClientText() {}

  /** Null where it can't be known: no text is guessed. */
  static @Nullable String decode(byte[] text, int collation) {
    if (isAscii(text)) {
      return new String(text, StandardCharsets.US_ASCII);
    }
    if (isLatin1(collation)) {
      return latin1(text);
    }
    Charset charset = charset(collation);
    if (charset == null) {
      return null;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLatin1(int collation) {
    return switch (collation) {
      case 5, LATIN1, 15, 31, 47, 48, 49, 94 -> true;
      default -> false;
    };
  }

  /** The server's latin1 is cp1252 that leaves no byte undefined. */
  private static String latin1(byte[] text) {
    String decoded = new String(text, Charset.forName("windows-1252"));
    StringBuilder whole = new StringBuilder(decoded);
    for (int i = 0; i < text.length; i++) {
      if (decoded.charAt(i) == '\uFFFD') {
        whole.setCharAt(i, (char) (text[i] & 0xFF));
      }
    }
    return whole.toString();
  }

  private static @Nullable Charset charset(int collation) {
    for (Object[] set : SETS) {
      for (int number : (int[]) set[1]) {
        if (number == collation) {
          return Charset.forName((String) set[0]);
        }
      }
    }
    boolean utf8 =
        collation == 33
            || collation == 45
            || collation == 46
            || collation == 76
            || collation == 83
            || collation == 63
            || (collation >= 192 && collation <= 247)
            || (collation >= 255 && collation <= LAST_UTF8);
    return utf8 ? StandardCharsets.UTF_8 : null;
  }
}
