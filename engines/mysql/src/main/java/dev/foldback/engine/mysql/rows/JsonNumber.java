package dev.foldback.engine.mysql.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of JSON documents as MySQL prints them. A document also holds DECIMAL, which text can't
 * make: a number in a text becomes an integer where it is one of at most 64 bits, else a double.
 * Stateless.
 */
final class JsonNumber {
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);

  /** Decimals of so many digits each have a double of their own, and an integer 64 bits. */
  private static final int SURE_DIGITS = 15;

  /** Powers of ten up to here are doubles, so that one rounding gives the nearest double. */
  private static final int SURE_POWER = 22;

  /** What the server takes for a DECIMAL; it holds no more. */
  private static final int DECIMAL_DIGITS = 81;

  private JsonNumber() {}

  /**
   * The SQL literal that makes this number, or null where the text makes it.
   *
   * @param from where its text begins in {@code bytes}
   * @param to where it ends
   */
  static @Nullable String literal(byte[] bytes, int from, int to, JsonReading reading) {
    if (isPlain(bytes, from, to)) {
      return null;
    }
    try {
      return literal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), reading);
    } catch (NumberFormatException e) {
      // No number of JSON: the server is to refuse its text.
      return null;
    }
  }

  /** Whether it is short and without needless zeros, as nearly all numbers are. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    int digits = 0;
    int point = -1;
    for (int i = bytes[from] == '-' ? from + 1 : from; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        digits++;
      } else if (b == '.') {
        point = i;
      } else {
        return false;
      }
    }
    return digits <= SURE_DIGITS && (point < 0 || bytes[to - 1] != '0' || point == to - 2);
  }

  private static @Nullable String literal(String number, JsonReading reading) {
    boolean exponent = number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
    if (!exponent && number.indexOf('.') < 0) {
      BigInteger integer = new BigInteger(number);
      boolean fits = integer.compareTo(SMALLEST) >= 0 && integer.compareTo(LARGEST) <= 0;
      return fits ? null : decimal(number);
    }
    double nearest = Double.parseDouble(number);
    if (Double.isInfinite(nearest) || !print(nearest).equals(number)) {
      return exponent ? null : decimal(number);
    }
    if (reading == JsonReading.NEAREST || isSure(new BigDecimal(number))) {
      return null;
    }
    return exponent ? number : number + "e0";
  }

  private static @Nullable String decimal(String number) {
    return number.length() <= DECIMAL_DIGITS ? number : null;
  }

  private static boolean isSure(BigDecimal number) {
    return number.precision() <= SURE_DIGITS && Math.abs(number.scale()) <= SURE_POWER;
  }

  /**
   * A double as MySQL prints it in a document: the fewest digits that tell it from its neighbours,
   * plain where that is short, and never like an integer.
   */
  static String print(double number) {
    if (number == 0) {
      return Double.doubleToRawLongBits(number) == 0 ? "0.0" : "-0.0";
    }
    BigDecimal digits = shortest(number);
    int point = digits.precision() - digits.scale();
    if (point >= -14 && (point <= 15 || (point == 16 && digits.scale() > 0))) {
      String plain = digits.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String all = digits.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + all.charAt(0)
        + (all.length() > 1 ? "." + all.substring(1) : "")
        + "e"
        + (point - 1);
  }

  private static BigDecimal shortest(double number) {
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (digits.precision() == 2) {
      // Java prints two digits also where one is enough.
      BigDecimal one = new BigDecimal(number).round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (one.doubleValue() == number) {
        return one.stripTrailingZeros();
      }
    }
    return digits;
  }
}
