package dev.foldback.cli.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them. */
public final class Quantities {
  public static final String SIZE_PATTERN = "[0-9]+ ?([KMGT](i?B)?|B)?";
  public static final String DURATION_PATTERN = "[0-9]+ ?(ms|s|m|h)";
  private static final Pattern SIZE = Pattern.compile("([0-9]+) ?(?:([KMGT])(i?B)?|B)?");
  private static final Pattern DAYS = Pattern.compile("([0-9]{1,5}) ?(d|w)");
  private static final Pattern DURATION = Pattern.compile("([0-9]+) ?(ms|s|m|h)");

  private Quantities() {}

  /**
   * Bytes: {@code 4096}, {@code 50MiB} and {@code 50M} (powers of 1024), {@code 50MB} (powers of
   * 1000). Empty where the text is none of these.
   */
  public static OptionalLong size(String text) {
    Matcher match = SIZE.matcher(text.strip());
    if (!match.matches()) {
      return OptionalLong.empty();
    }
    int power = match.group(2) == null ? 0 : "KMGT".indexOf(match.group(2)) + 1;
    long base = "B".equals(match.group(3)) ? 1000 : 1024;
    try {
      long value = Long.parseLong(match.group(1));
      for (int i = 0; i < power; i++) {
        value = Math.multiplyExact(value, base);
      }
      return OptionalLong.of(value);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }

  /** {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}. Empty where the text is none of these. */
  public static Optional<Duration> duration(String text) {
    Matcher match = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    return match.matches() ? duration(match) : Optional.empty();
  }

  /** As {@link #duration}, and {@code 14d} or {@code 8w}: days of 24 hours, weeks of 7 of them. */
  public static Optional<Duration> longDuration(String text) {
    Matcher match = DAYS.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      return duration(text);
    }
    long days = Long.parseLong(match.group(1));
    return Optional.of(Duration.ofDays(match.group(2).equals("w") ? 7 * days : days));
  }

  private static Optional<Duration> duration(Matcher match) {
    if (match.group(1).length() > 9) {
      return Optional.empty();
    }
    long value = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "ms" -> Duration.ofMillis(value);
          case "s" -> Duration.ofSeconds(value);
          case "m" -> Duration.ofMinutes(value);
          default -> Duration.ofHours(value);
        });
  }
}
