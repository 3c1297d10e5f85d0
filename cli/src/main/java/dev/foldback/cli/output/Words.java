package dev.foldback.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Quantities as people read them. */
public final class Words {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Words() {}

  /** Such as {@code 1.3 GiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Such as {@code 6,812,345}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Such as {@code 1 table} or {@code 2,000 tables}. */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Such as {@code 4.2 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** As {@link #duration}, but whole seconds: for what is only estimated. */
  static String rough(Duration duration) {
    return duration.toSeconds() < 60 ? duration.toSeconds() + " s" : duration(duration);
  }

  /** Such as {@code 3 hours ago}. */
  public static String age(Instant time, Instant now) {
    long minutes = Math.max(0, Duration.between(time, now).toMinutes());
    if (minutes < 1) {
      return "just now";
    }
    if (minutes < 120) {
      return minutes + " min ago";
    }
    return minutes < 48 * 60 ? minutes / 60 + " hours ago" : minutes / (24 * 60) + " days ago";
  }

  /** The local time, to the second. */
  public static String time(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }

  /** As UTF-16 units allow, at most that many characters; the last is an ellipsis if cut. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  /** Without control characters, which could rewrite the screen. */
  public static String safe(String text) {
    return text.codePoints().noneMatch(Words::isControl)
        ? text
        : text.codePoints()
            .map(c -> isControl(c) ? '\uFFFD' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\n';
  }
}
