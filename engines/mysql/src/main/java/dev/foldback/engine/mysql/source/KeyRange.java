package dev.foldback.engine.mysql.source;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
    String literal(String prefix, long number) {
      return Long.toString(number ^ Long.MIN_VALUE);
    }

    @Override
    long number(String value) {
      return Long.parseLong(value) ^ Long.MIN_VALUE;
    }
  },
  UNSIGNED {
    @Override
    String literal(String prefix, long number) {
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
    String literal(String prefix, long number) {
      String hex = String.format(Locale.ROOT, "%016X", number);
      return "X'" + hex.replaceFirst("(00)+$", "") + "'";
    }

    @Override
    long number(String value) {
      return Long.parseUnsignedLong((value + "0".repeat(16)).substring(0, 16), 16);
    }
  },
  /** Whole numbers alone: what comes after the point is left out, as are those beyond 64 bits. */
  DECIMAL {
    @Override
    String literal(String prefix, long number) {
      return SIGNED.literal(prefix, number);
    }

    @Override
    long number(String value) {
      BigDecimal whole = new BigDecimal(value).setScale(0, RoundingMode.FLOOR);
      return whole.max(LEAST).min(GREATEST).longValueExact() ^ Long.MIN_VALUE;
    }
  },
  /** DATE, by days, also those that are none of the calendar's. */
  DATE {
    @Override
    String literal(String prefix, long number) {
      return Moment.ofDay(number).dateLiteral();
    }

    @Override
    long number(String value) {
      return Moment.parse(value).dayNumber();
    }
  },
  /** DATETIME, by seconds, also where the day is none of the calendar's. */
  DATETIME {
    @Override
    String literal(String prefix, long number) {
      return Moment.ofNumber(number).literal();
    }

    @Override
    long number(String value) {
      return Moment.parse(value).number();
    }
  },
  /** TIMESTAMP, by seconds, in the session's time zone, which is UTC. */
  TIMESTAMP {
    @Override
    String literal(String prefix, long number) {
      return Moment.ofSeconds(number).literal();
    }

    @Override
    long number(String value) {
      return Moment.parse(value).seconds();
    }
  },
  /**
   * Text, by twelve characters of 32 after what the least and the greatest value begin with. Where
   * values hold other characters there, slices are less even. Some collations sort runs of these
   * characters otherwise (aa after z in Danish), so borders must be proven to rise.
   */
  TEXT {
    private static final String DIGITS = "0123456789abcdefghijklmnoprstuvw";
    private static final int LENGTH = 12;

    @Override
    String prefix(String least, String greatest) {
      int end = 0;
      while (end < Math.min(least.length(), greatest.length())
          && least.charAt(end) == greatest.charAt(end)) {
        end++;
      }
      // Not in the middle of a pair that is one character.
      return end > 0 && Character.isHighSurrogate(least.charAt(end - 1))
          ? least.substring(0, end - 1)
          : least.substring(0, end);
    }

    @Override
    String literal(String prefix, long number) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < LENGTH; i++) {
        text.append(DIGITS.charAt((int) (number >>> (59 - 5 * i)) & 31));
      }
      return Sql.text(prefix + text.toString().replaceFirst("0+$", ""));
    }

    @Override
    long number(String value) {
      long number = 0;
      for (int i = 0; i < LENGTH; i++) {
        char c = i < value.length() ? Character.toLowerCase(value.charAt(i)) : 0;
        int digit = 0;
        while (digit < 31 && DIGITS.charAt(digit + 1) <= c) {
          digit++;
        }
        number = number << 5 | digit;
      }
      return number << 4;
    }
  };

  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern INTEGER =
      Pattern.compile("(tinyint|smallint|mediumint|int|bigint)\\b.*");
  private static final Pattern CHARACTERS = Pattern.compile("(var)?char\\(\\d+\\).*");

  /** What the two values, and so all between them, begin with and {@link #number} leaves out. */
  String prefix(String least, String greatest) {
    return "";
  }

  /** The SQL literal of a number. */
  abstract String literal(String prefix, long number);

  /** The number of a value as {@link #expression} gives it, less the prefix. */
  abstract long number(String value);

  /** How MIN and MAX are asked for. */
  String expression(String function, String column) {
    String value = function + "(" + column + ")";
    return switch (this) {
      case BINARY -> "HEX(LEFT(" + value + ",8))";
      // As text: to a driver a date that is none of the calendar's may be no date.
      case DATE, DATETIME, TIMESTAMP -> "CONCAT(" + value + ")";
      case SIGNED, UNSIGNED, DECIMAL, TEXT -> value;
    };
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
    if (type.startsWith("decimal(")) {
      return Optional.of(DECIMAL);
    }
    if (type.equals("date")) {
      return Optional.of(DATE);
    }
    if (type.startsWith("datetime")) {
      return Optional.of(DATETIME);
    }
    if (type.startsWith("timestamp")) {
      return Optional.of(TIMESTAMP);
    }
    return CHARACTERS.matcher(type).matches() ? Optional.of(TEXT) : Optional.empty();
  }
}
