package dev.foldback.engine.mysql.source;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date and time of a server's, to the second. Month and day may be 0, or the day one that its
 * month does not have.
 */
record Moment(int year, int month, int day, int second) {
  private static final int MONTHS = 13;
  private static final int DAYS = 32;
  private static final int SECONDS = 86_400;
  private static final int LAST_OF_EVERY_MONTH = 28;
  private static final Moment LAST = new Moment(9999, 12, 31, SECONDS - 1);
  private static final Pattern TEXT =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)(?: (\\d\\d):(\\d\\d):(\\d\\d).*)?");

  /** Reads {@code 2024-02-31} or {@code 2024-02-31 23:59:59.5}. */
  static Moment parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no date: " + text);
    }
    int second =
        parts.group(4) == null ? 0 : (part(parts, 4) * 60 + part(parts, 5)) * 60 + part(parts, 6);
    return new Moment(part(parts, 1), part(parts, 2), part(parts, 3), second);
  }

  private static int part(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** Rises with the day. */
  long dayNumber() {
    return ((long) year * MONTHS + month) * DAYS + day;
  }

  /** Of a number, also one above those of all days. */
  static Moment ofDay(long number) {
    long day = Math.min(number, LAST.dayNumber());
    return new Moment(
        (int) (day / DAYS / MONTHS), (int) (day / DAYS % MONTHS), (int) (day % DAYS), 0);
  }

  /** Rises with the moment. */
  long number() {
    return dayNumber() * SECONDS + second;
  }

  /** Of a number, also one above those of all moments. */
  static Moment ofNumber(long number) {
    long second = Math.min(number, LAST.number());
    Moment day = ofDay(second / SECONDS);
    return new Moment(day.year, day.month, day.day, (int) (second % SECONDS));
  }

  /** Seconds since 1970; 0 for the zero date, which is no moment. */
  long seconds() {
    return year == 0
        ? 0
        : LocalDateTime.of(year, month, day, 0, 0).toEpochSecond(ZoneOffset.UTC) + second;
  }

  /** No less than the first moment that a TIMESTAMP can hold. */
  static Moment ofSeconds(long seconds) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(Math.max(1, seconds), 0, ZoneOffset.UTC);
    return new Moment(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.toLocalTime().toSecondOfDay());
  }

  /** The nearest date that every server takes for one, as an SQL literal; rises with the day. */
  String dateLiteral() {
    return String.format(
        Locale.ROOT,
        "'%04d-%02d-%02d'",
        year,
        Math.max(1, month),
        month == 0 ? 1 : Math.clamp(day, 1, LAST_OF_EVERY_MONTH));
  }

  /** As {@link #dateLiteral}, with the time of the day; rises with the moment. */
  String literal() {
    boolean early = month == 0 || day == 0;
    boolean late = !early && day > LAST_OF_EVERY_MONTH;
    int time = early ? 0 : late ? SECONDS - 1 : second;
    return String.format(
        Locale.ROOT,
        "%s %02d:%02d:%02d'",
        dateLiteral().substring(0, 11),
        time / 3600,
        time / 60 % 60,
        time % 60);
  }
}
