package dev.foldback.engine.mysql.source;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A leading key column whose values map to 64-bit numbers in order, so that a range of them can be
 * halved. Numbers are compared unsigned; signed columns are shifted by 2^63.
 */
enum KeyRange {
  SIGNED {
    @Override
    String literal(long number) {
      return Long.toString(number ^ Long.MIN_VALUE);
    }

    @Override
    long number(String value) {
      return Long.parseLong(value) ^ Long.MIN_VALUE;
    }
  },
  UNSIGNED {
    @Override
    String literal(long number) {
      return Long.toUnsignedString(number);
    }

    @Override
    long number(String value) {
      return Long.parseUnsignedLong(value);
    }
  },
  /** Bytes, such as a UUID in binary(16); the value is given as its first eight in hexadecimal. */
  BINARY {
    @Override
    String literal(long number) {
      String hex = String.format(Locale.ROOT, "%016X", number);
      return "X'" + hex.replaceFirst("(00)+$", "") + "'";
    }

    @Override
    long number(String value) {
      return Long.parseUnsignedLong((value + "0".repeat(16)).substring(0, 16), 16);
    }
  },
  /**
   * A UUID or a hash as text. Only hexadecimal digits are used as borders; values that begin
   * otherwise are read all the same, in less even slices.
   */
  HEX_TEXT {
    @Override
    String literal(long number) {
      String hex = String.format(Locale.ROOT, "%016x", number).replaceFirst("0+$", "");
      // UUIDs have a hyphen after eight digits; no border needs more.
      return "'" + hex.substring(0, Math.min(8, hex.length())) + "'";
    }

    @Override
    long number(String value) {
      String digits = value.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f].*", "");
      return Long.parseUnsignedLong((digits + "0".repeat(16)).substring(0, 16), 16);
    }
  };

  private static final Pattern INTEGER =
      Pattern.compile("(tinyint|smallint|mediumint|int|bigint)\\b.*");
  private static final Pattern UUID_TEXT = Pattern.compile("(var)?char\\((32|36|40|64)\\)");

  /** The SQL literal of a number. */
  abstract String literal(long number);

  /** The number of a value as {@link #expression} gives it. */
  abstract long number(String value);

  /** How MIN and MAX are asked for. */
  String expression(String function, String column) {
    String value = function + "(" + column + ")";
    return this == BINARY ? "HEX(LEFT(" + value + ",8))" : value;
  }

  /** How to split the table, if its key allows it. */
  static Optional<KeyRange> of(TableDefinition table) {
    return table.key().isEmpty()
        ? Optional.empty()
        : table.columns().stream()
            .filter(c -> c.name().equals(table.key().getFirst()))
            .map(ColumnLayout::type)
            .findFirst()
            .flatMap(type -> ofType(type.toLowerCase(Locale.ROOT)));
  }

  private static Optional<KeyRange> ofType(String type) {
    if (INTEGER.matcher(type).matches()) {
      return Optional.of(type.contains("unsigned") ? UNSIGNED : SIGNED);
    }
    if (type.startsWith("binary(") || type.startsWith("varbinary(")) {
      return Optional.of(BINARY);
    }
    return UUID_TEXT.matcher(type).matches() ? Optional.of(HEX_TEXT) : Optional.empty();
  }
}
