package dev.foldback.engine.mysql.log.decode;

/** Columns of numbers and times. */
final class Numbers {
  private static final int YEAR_ZERO = 1900;
  private static final long DATETIME_BIAS = 0x8000000000L;
  private static final int[] OLD_FRACTION = {0, 1, 1, 2, 2, 3, 3};
  private static final int[] OLD_TIME = {3, 4, 4, 5, 5, 5, 6};
  private static final int[] OLD_DATETIME = {5, 6, 6, 7, 7, 7, 8};

  /** Seconds of 838:59:59 and one more, which old times are moved by to be above zero. */
  private static final long OLD_TIME_ZERO = (838L * 3600 + 59 * 60 + 59 + 1) * 1_000_000;

  private Numbers() {}

  /**
   * @param width of ZEROFILL; 0 without
   */
  static ColumnDecoder integer(int bytes, boolean unsigned, int width) {
    if (unsigned) {
      int least = Math.max(width, 1);
      return (in, to) -> Digits.unsigned(to, in.little(bytes), least);
    }
    int shift = 64 - 8 * bytes;
    return (in, to) -> Digits.signed(to, in.little(bytes) << shift >> shift);
  }

  static ColumnDecoder real() {
    return (in, to) -> Doubles.write(to, Double.longBitsToDouble(in.i64()));
  }

  static ColumnDecoder single() {
    return (in, to) -> Doubles.write(to, Float.intBitsToFloat(in.i32()));
  }

  static ColumnDecoder decimal(int precision, int scale, boolean zerofill) {
    return new Decimals(precision, scale, zerofill)::write;
  }

  static ColumnDecoder year() {
    return (in, to) -> {
      int year = in.u8();
      Digits.unsigned(to, year == 0 ? 0 : year + YEAR_ZERO, 4);
    };
  }

  static ColumnDecoder date() {
    return (in, to) -> {
      int packed = in.u24();
      Times.date(to, packed >> 9, packed >> 5 & 15, packed & 31);
    };
  }

  static ColumnDecoder timestamp(int digits) {
    int fraction = (digits + 1) / 2;
    return (in, to) -> {
      long seconds = in.big(4);
      Times.stamp(to, seconds, Times.micros(in.big(fraction), digits), digits);
    };
  }

  static ColumnDecoder datetime(int digits) {
    int fraction = (digits + 1) / 2;
    return (in, to) -> {
      long packed = in.big(5) - DATETIME_BIAS;
      Times.packedDateTime(to, packed, Times.micros(in.big(fraction), digits), digits);
    };
  }

  static ColumnDecoder time(int digits) {
    int bits = (digits + 1) / 2 * 8;
    long zero = 0x800000L << bits;
    return (in, to) -> {
      long signed = in.big(3 + bits / 8) - zero;
      long parts = Math.abs(signed);
      int micros = Times.micros(parts & ((1L << bits) - 1), digits);
      Times.packedTime(to, signed < 0, parts >> bits, micros, digits);
    };
  }

  /** TIMESTAMP as before MySQL 5.6, and as MariaDB has it without mysql56_temporal_format. */
  static ColumnDecoder oldTimestamp(int digits) {
    if (digits == 0) {
      return (in, to) -> Times.stamp(to, in.u32(), 0, 0);
    }
    return (in, to) -> {
      long seconds = in.big(4);
      int fraction = (int) in.big(OLD_FRACTION[digits]);
      Times.stamp(to, seconds, fraction * Times.power(6 - digits), digits);
    };
  }

  static ColumnDecoder oldDatetime(int digits) {
    if (digits == 0) {
      return (in, to) -> {
        long value = in.i64();
        int date = (int) (value / 1_000_000);
        int clock = (int) (value % 1_000_000);
        Times.date(to, date / 10_000, date / 100 % 100, date % 100);
        Digits.one(to, ' ');
        Times.clock(to, clock / 10_000, clock / 100 % 100, clock % 100);
      };
    }
    return (in, to) -> {
      long packed = in.big(OLD_DATETIME[digits]);
      Times.multipliedDateTime(to, packed * Times.power(6 - digits), digits);
    };
  }

  static ColumnDecoder oldTime(int digits) {
    if (digits == 0) {
      return (in, to) -> {
        int value = in.u24() << 8 >> 8;
        if (value < 0) {
          Digits.one(to, '-');
        }
        int clock = Math.abs(value);
        Times.clock(to, clock / 10_000, clock / 100 % 100, clock % 100);
      };
    }
    return (in, to) -> {
      long packed = in.big(OLD_TIME[digits]) - OLD_TIME_ZERO / Times.power(6 - digits);
      Times.multipliedTime(to, packed * Times.power(6 - digits), digits);
    };
  }
}
