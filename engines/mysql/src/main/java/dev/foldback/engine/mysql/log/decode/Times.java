package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;

/** Prints dates and times. */
final class Times {
  private static final int[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};
  private static final long DAY = 86_400;

  private Times() {}

  static void date(RowBuffer to, int year, int month, int day) {
    Digits.unsigned(to, year, 4);
    Digits.one(to, '-');
    Digits.unsigned(to, month, 2);
    Digits.one(to, '-');
    Digits.unsigned(to, day, 2);
  }

  static void clock(RowBuffer to, long hour, int minute, int second) {
    Digits.unsigned(to, hour, 2);
    Digits.one(to, ':');
    Digits.unsigned(to, minute, 2);
    Digits.one(to, ':');
    Digits.unsigned(to, second, 2);
  }

  /**
   * @param digits how many are printed
   */
  static void fraction(RowBuffer to, int micros, int digits) {
    if (digits > 0) {
      Digits.one(to, '.');
      Digits.unsigned(to, micros / POWERS[6 - digits], digits);
    }
  }

  /** Microseconds from the number that is kept for so many digits. */
  static int micros(long kept, int digits) {
    return (int) kept * POWERS[6 - (digits + 1) / 2 * 2];
  }

  /** Seconds since 1970 at +00:00; 0 is the zero date. */
  static void stamp(RowBuffer to, long seconds, int micros, int digits) {
    if (seconds == 0) {
      date(to, 0, 0, 0);
      Digits.one(to, ' ');
      clock(to, 0, 0, 0);
      fraction(to, 0, digits);
      return;
    }
    // The civil date of a day number: eras of 400 years that begin in March.
    long days = seconds / DAY + 719_468;
    long era = days / 146_097;
    int dayOfEra = (int) (days - era * 146_097);
    int year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
    int month = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * month + 2) / 5 + 1;
    int civil = month < 10 ? month + 3 : month - 9;
    date(to, (int) (year + era * 400) + (civil <= 2 ? 1 : 0), civil, day);
    Digits.one(to, ' ');
    int second = (int) (seconds % DAY);
    clock(to, second / 3600, second / 60 % 60, second % 60);
    fraction(to, micros, digits);
  }

  /** Year × 13 + month above five bits of day and seventeen of the time of day. */
  static void packedDateTime(RowBuffer to, long packed, int micros, int digits) {
    long day = packed >> 17;
    int month = (int) (day >> 5);
    date(to, month / 13, month % 13, (int) (day & 31));
    Digits.one(to, ' ');
    clock(to, packed >> 12 & 31, (int) (packed >> 6) & 63, (int) packed & 63);
    fraction(to, micros, digits);
  }

  /** Hours, then six bits each of minutes and seconds. */
  static void packedTime(RowBuffer to, boolean negative, long packed, int micros, int digits) {
    if (negative) {
      Digits.one(to, '-');
    }
    clock(to, packed >> 12 & 1023, (int) (packed >> 6) & 63, (int) packed & 63);
    fraction(to, micros, digits);
  }

  /** MariaDB's own form of before: all parts multiplied into one number of microseconds. */
  static void multipliedDateTime(RowBuffer to, long micros, int digits) {
    long seconds = micros / 1_000_000;
    long hours = seconds / 3600;
    long days = hours / 24;
    long months = days / 32;
    date(to, (int) (months / 13), (int) (months % 13), (int) (days % 32));
    Digits.one(to, ' ');
    clock(to, hours % 24, (int) (seconds / 60 % 60), (int) (seconds % 60));
    fraction(to, (int) (micros % 1_000_000), digits);
  }

  static void multipliedTime(RowBuffer to, long signed, int digits) {
    long micros = Math.abs(signed);
    if (signed < 0) {
      Digits.one(to, '-');
    }
    long seconds = micros / 1_000_000;
    clock(to, seconds / 3600, (int) (seconds / 60 % 60), (int) (seconds % 60));
    fraction(to, (int) (micros % 1_000_000), digits);
  }

  static int power(int digits) {
    return POWERS[digits];
  }
}
