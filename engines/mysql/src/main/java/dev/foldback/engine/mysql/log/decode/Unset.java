package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.ddl.ColumnDefault;
import dev.foldback.engine.mysql.rows.Escapes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new row holds, as frames have it, where {@code binlog_row_image} kept a column out of the
 * log: the column's default. None where the definition does not tell, such as an expression.
 */
final class Unset {
  private static final byte[] NOTHING = {'\\', 'N'};
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final Set<String> CHARACTERS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
  private static final Set<String> BINARY =
      Set.of("varbinary", "tinyblob", "blob", "mediumblob", "longblob");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,20}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,70}(\\.\\d{1,40})?");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME = Pattern.compile("-?\\d{2,3}:\\d\\d:\\d\\d(\\.\\d{1,6})?");
  private static final Pattern DATETIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");

  private final LoggedColumn column;
  private final String charset;

  private Unset(LoggedColumn column, String charset) {
    this.column = column;
    this.charset = charset;
  }

  /**
   * @param charset of the column, as the server calls it
   */
  static byte @Nullable [] value(LoggedColumn column, ColumnDefault value, String charset) {
    return switch (value.kind()) {
      case NULL -> NOTHING;
      case LITERAL -> new Unset(column, charset).literal(value.text());
      case BITS -> new Unset(column, charset).bits(value.text());
      case IMPLICIT -> new Unset(column, charset).implicit();
      case EXPRESSION -> null;
    };
  }

  private byte @Nullable [] literal(String text) {
    String base = column.base();
    if (column.text().zerofill()) {
      return null;
    }
    if (INTEGERS.contains(base)) {
      return plain(INTEGER, text);
    }
    if (CHARACTERS.contains(base)) {
      return characters(base.equals("char") ? text.replaceFirst(" +$", "") : text);
    }
    if (BINARY.contains(base)) {
      return ascii(text) ? escaped(text.getBytes(StandardCharsets.US_ASCII)) : null;
    }
    return switch (base) {
      case "decimal" -> decimal(text);
      case "float", "double" -> real(base, text);
      case "year" -> plain(YEAR, text);
      case "date" -> plain(DATE, text);
      case "time" -> moment(TIME, text);
      case "datetime" -> moment(DATETIME, text);
      case "binary" -> fixed(text);
      case "enum" -> index(text);
      case "set" -> set(text);
      default -> null;
    };
  }

  private byte @Nullable [] implicit() {
    String base = column.base();
    if (CHARACTERS.contains(base) || BINARY.contains(base)) {
      return new byte[0];
    }
    return switch (base) {
      case "date" -> utf8("0000-00-00");
      case "year" -> utf8("0000");
      case "time" -> utf8("00:00:00" + fraction());
      case "datetime", "timestamp" -> utf8("0000-00-00 00:00:00" + fraction());
      case "binary" -> fixed("");
      case "bit" -> bits("0");
      case "enum" -> utf8("1");
      case "set" -> utf8("0");
      default -> literal("0");
    };
  }

  private String fraction() {
    int digits = column.number(0, 0);
    return digits == 0 ? "" : "." + "0".repeat(digits);
  }

  private static byte @Nullable [] plain(Pattern form, String text) {
    return form.matcher(text).matches() ? utf8(text) : null;
  }

  /** With as many digits of a second as the type has. */
  private byte @Nullable [] moment(Pattern form, String text) {
    int dot = text.indexOf('.');
    int digits = dot < 0 ? 0 : text.length() - dot - 1;
    return digits == column.number(0, 0) ? plain(form, text) : null;
  }

  private byte @Nullable [] decimal(String text) {
    int scale = column.number(1, 0);
    if (!NUMBER.matcher(text).matches() || new BigDecimal(text).scale() > scale) {
      return null;
    }
    return utf8(new BigDecimal(text).setScale(scale).toPlainString());
  }

  private static byte @Nullable [] real(String base, String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    RowBuffer to = new RowBuffer(32);
    Doubles.write(to, base.equals("float") ? Float.parseFloat(text) : Double.parseDouble(text));
    return Arrays.copyOf(to.bytes, to.length);
  }

  private byte @Nullable [] characters(String text) {
    boolean bytesOfAscii =
        !charset.startsWith("utf16") && !Set.of("ucs2", "utf32").contains(charset);
    if (ascii(text) && bytesOfAscii) {
      return escaped(text.getBytes(StandardCharsets.US_ASCII));
    }
    return charset.startsWith("utf8") ? escaped(text.getBytes(StandardCharsets.UTF_8)) : null;
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private byte @Nullable [] fixed(String text) {
    int width = column.number(0, 1);
    return ascii(text) && text.length() <= width
        ? escaped(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), width))
        : null;
  }

  private byte @Nullable [] bits(String digits) {
    if (!column.base().equals("bit")) {
      return null;
    }
    byte[] number = new BigInteger(digits, 2).toByteArray();
    byte[] all = new byte[(column.number(0, 1) + 7) / 8];
    for (int i = 0; i < Math.min(number.length, all.length); i++) {
      all[all.length - 1 - i] = number[number.length - 1 - i];
    }
    return escaped(all);
  }

  private byte @Nullable [] index(String member) {
    int index = members().indexOf(member);
    return index < 0 ? null : utf8(Integer.toString(index + 1));
  }

  private byte @Nullable [] set(String text) {
    BigInteger bits = BigInteger.ZERO;
    if (!text.isEmpty()) {
      for (String member : text.split(",", -1)) {
        int index = members().indexOf(member);
        if (index < 0) {
          return null;
        }
        bits = bits.setBit(index);
      }
    }
    return utf8(bits.toString());
  }

  /** None where they are not plain. */
  private List<String> members() {
    String type = column.text().type();
    String all = type.substring(type.indexOf('(') + 1, type.length() - 1);
    boolean plain = !all.contains("\\") && !all.contains("''") && all.length() > 1;
    return plain ? List.of(all.substring(1, all.length() - 1).split("','", -1)) : List.of();
  }

  private static byte[] escaped(byte[] bytes) {
    byte[] out = new byte[bytes.length * 2];
    return Arrays.copyOf(out, Escapes.write(bytes, 0, bytes.length, out, 0));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
