package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;
import java.math.BigDecimal;

/**
 * Prints doubles as MySQL and MariaDB do ({@code my_gcvt}): the shortest digits that give the same
 * double, with an exponent where the point would stand more than 15 places away; but a number with
 * a fraction has none for being large.
 */
final class Doubles {
  /** Where the point may stand for a number to be written without an exponent. */
  private static final int FARTHEST = 15;

  private static final double EXACT = 1e15;

  private Doubles() {}

  static void write(RowBuffer to, double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < EXACT && (whole != 0 || 1 / value > 0)) {
      Digits.signed(to, whole);
      return;
    }
    String java = Double.toString(Math.abs(value));
    int exponent = java.indexOf('E');
    int mantissa = exponent < 0 ? java.length() : exponent;
    int dot = java.indexOf('.');
    String digits = java.substring(0, dot) + java.substring(dot + 1, mantissa);
    int point = dot + (exponent < 0 ? 0 : Integer.parseInt(java, exponent + 1, java.length(), 10));
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    int last = digits.length();
    while (last > zeros + 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    digits = digits.substring(zeros, last);
    point -= zeros;
    if (digits.length() == 2) {
      String shorter = oneDigit(digits, point, Math.abs(value));
      // A carry makes 9.9 to 1e1.
      point += shorter.length() == 2 ? 1 : 0;
      digits = shorter.length() == 2 ? "1" : shorter.isEmpty() ? digits : shorter;
    }
    if (Double.doubleToRawLongBits(value) < 0) {
      Digits.one(to, '-');
    }
    if (digits.equals("0")) {
      Digits.one(to, '0');
    } else if (point <= -FARTHEST || (point > FARTHEST && digits.length() <= point)) {
      exponential(to, digits, point - 1);
    } else {
      plain(to, digits, point);
    }
  }

  /** Java prints two digits where one would do, as in 4.9E-324. The nearer one is taken. */
  private static String oneDigit(String digits, int point, double value) {
    int first = digits.charAt(0) - '0';
    BigDecimal exact = new BigDecimal(value);
    String best = "";
    BigDecimal distance = exact;
    for (int candidate = first; candidate <= first + 1; candidate++) {
      String text = candidate + "e" + (point - 1);
      if (Double.parseDouble(text) == value) {
        BigDecimal off = exact.subtract(new BigDecimal(text)).abs();
        if (off.compareTo(distance) < 0) {
          best = Integer.toString(candidate);
          distance = off;
        }
      }
    }
    return best;
  }

  private static void exponential(RowBuffer to, String digits, int exponent) {
    Digits.one(to, digits.charAt(0));
    if (digits.length() > 1) {
      Digits.one(to, '.');
      Digits.ascii(to, digits.substring(1));
    }
    Digits.one(to, 'e');
    Digits.signed(to, exponent);
  }

  private static void plain(RowBuffer to, String digits, int point) {
    if (point <= 0) {
      Digits.ascii(to, "0.");
      zeros(to, -point);
      Digits.ascii(to, digits);
    } else if (point >= digits.length()) {
      Digits.ascii(to, digits);
      zeros(to, point - digits.length());
    } else {
      Digits.ascii(to, digits.substring(0, point));
      Digits.one(to, '.');
      Digits.ascii(to, digits.substring(point));
    }
  }

  private static void zeros(RowBuffer to, int count) {
    for (int i = 0; i < count; i++) {
      Digits.one(to, '0');
    }
  }
}
