package dev.foldback.storage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Retry-After header (RFC 9110, 10.2.3): whole seconds or a date. OpenDAL's binding for Java
 * has no method for it, but the answer's headers stand in the text of its errors.
 */
final class RetryAfter {
  private static final Pattern AFTER = header("retry-after");
  private static final Pattern DATE = header("date");

  private RetryAfter() {}

  private static Pattern header(String name) {
    return Pattern.compile("headers: \\{[^\\n]*\"" + name + "\": \"([^\"\\n]{1,40})\"");
  }

  /** Zero where the error tells none; a date counts from the answer's own, else from now. */
  static Duration in(String error, Instant now) {
    Matcher after = AFTER.matcher(error);
    if (!after.find()) {
      return Duration.ZERO;
    }
    String value = after.group(1).strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Matcher date = DATE.matcher(error);
    Instant from = date.find() ? time(date.group(1)).orElse(now) : now;
    Duration pause = Duration.between(from, time(value).orElse(from));
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
