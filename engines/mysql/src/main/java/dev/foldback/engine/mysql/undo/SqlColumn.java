package dev.foldback.engine.mysql.undo;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.log.RowImage;
import dev.foldback.engine.mysql.connect.Sql;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A column in statements: literals that give back a value's exact bytes, and comparisons that hold
 * for exactly these. Nothing but ASCII is written besides names, so no client's character set
 * matters.
 *
 * @param charset as the server calls it; empty where it is not known
 */
record SqlColumn(ColumnLayout layout, Shape shape, String charset) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  String name() {
    return Sql.name(layout.name());
  }

  /** Whether the server sets it by itself where a statement does not. */
  boolean setsItself() {
    String type = layout.type().toLowerCase(Locale.ROOT);
    return type.startsWith("timestamp") || type.startsWith("datetime");
  }

  /** Whether it is the value of an ENUM that is none of its own, which strict modes refuse. */
  boolean isNoMember(RowImage row, int column) {
    byte[] value = RawValue.of(row, column);
    return shape == Shape.INDEX
        && value != null
        && layout.type().toLowerCase(Locale.ROOT).startsWith("enum")
        && ascii(value).equals("0");
  }

  /** The value to be stored. */
  String literal(RowImage row, int column) {
    byte[] value = RawValue.of(row, column);
    if (value == null) {
      return "NULL";
    }
    return shape == Shape.JSON ? "CONVERT(" + bytes(value) + " USING utf8mb4)" : plain(value);
  }

  private String plain(byte[] value) {
    return switch (shape) {
      case NUMBER, YEAR, INDEX -> ascii(value);
      case FLOAT -> ascii(value).contains("e") ? ascii(value) : ascii(value) + "e0";
      case BIT -> new BigInteger(1, value).toString();
      case TEXT -> Sql.text(new String(value, StandardCharsets.UTF_8));
      case TIME -> "'" + ascii(value) + "'";
      case JSON, CHARACTERS, BINARY, OPAQUE -> bytes(value);
    };
  }

  /** A condition that holds where the column has exactly this value. */
  String is(RowImage row, int column) {
    byte[] value = RawValue.of(row, column);
    if (value == null) {
      return name() + " IS NULL";
    }
    return switch (shape) {
      case NUMBER, TEXT, BINARY -> name() + " = " + plain(value);
      case YEAR, INDEX -> "CAST(" + name() + " AS UNSIGNED) = " + plain(value);
      case FLOAT -> name() + "*1e0 = " + plain(value);
      case BIT -> name() + "+0 = " + plain(value);
      case JSON -> "CAST(CONVERT(" + name() + " USING utf8mb4) AS BINARY) = " + bytes(value);
      case TIME, CHARACTERS -> "CAST(" + name() + " AS BINARY) = " + bytes(value);
      case OPAQUE -> "HEX(" + name() + ") = '" + HEX.formatHex(value) + "'";
    };
  }

  /**
   * A condition that holds at least where the column has this value, and that an index serves;
   * empty where there is none, or {@link #is} is one.
   */
  String near(RowImage row, int column) {
    byte[] value = RawValue.of(row, column);
    if (value == null) {
      return "";
    }
    return switch (shape) {
      case TIME -> name() + " = " + plain(value);
      case CHARACTERS ->
          charset.isEmpty() ? "" : name() + " = _" + charset + " x'" + HEX.formatHex(value) + "'";
      case NUMBER, YEAR, FLOAT, INDEX, BIT, JSON, TEXT, BINARY, OPAQUE -> "";
    };
  }

  /** A condition that holds where another column equals the value by its own rules. */
  String equalIn(String other, RowImage row, int column) {
    byte[] value = RawValue.of(row, column);
    if (value == null) {
      return other + " IS NULL";
    }
    String literal =
        shape == Shape.CHARACTERS && !charset.isEmpty()
            ? "_" + charset + " x'" + HEX.formatHex(value) + "'"
            : plain(value);
    return other + " = " + literal;
  }

  private static String ascii(byte[] value) {
    return new String(value, StandardCharsets.US_ASCII);
  }

  private static String bytes(byte[] value) {
    for (byte b : value) {
      if (b < ' ' || b > '~' || b == '\'' || b == '\\') {
        return "_binary x'" + HEX.formatHex(value) + "'";
      }
    }
    return "_binary'" + ascii(value) + "'";
  }
}
