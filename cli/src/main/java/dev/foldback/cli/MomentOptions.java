package dev.foldback.cli;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogPlace;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The moment that is meant. */
final class MomentOptions {
  private static final Pattern GTID =
      Pattern.compile(
          "[0-9]+-[0-9]+-[0-9]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "(:[a-zA-Z_][a-zA-Z0-9_]*)?:[0-9]+");
  private static final Pattern PLACE = Pattern.compile("(\\S+\\.[0-9]+):([0-9]+)");

  @Option(
      names = "--at",
      paramLabel = "MOMENT",
      description =
          "A time with its zone, such as 2026-03-01T14:05:00Z (everything committed up to then), a"
              + " GTID (up to that transaction and with it), or a place of the log as FILE:OFFSET."
              + " Where not given, the newest that is stored.")
  @Nullable String at;

  @Option(
      names = "--before",
      paramLabel = "GTID",
      description = "Everything up to that transaction, without it.")
  @Nullable String before;

  Cut cut() {
    if (at != null && before != null) {
      throw usage("--at and --before exclude each other");
    }
    if (before != null) {
      if (!GTID.matcher(before).matches()) {
        throw usage("'" + before + "' is no GTID");
      }
      return new Cut.Before(before);
    }
    return at == null ? new Cut.End() : moment(at.strip());
  }

  boolean isGiven() {
    return at != null || before != null;
  }

  static boolean isGtid(String text) {
    return GTID.matcher(text).matches();
  }

  /** A time, a GTID or a place of the log. */
  static Cut moment(String text) {
    if (GTID.matcher(text).matches()) {
      return new Cut.Through(text);
    }
    Matcher place = PLACE.matcher(text);
    if (place.matches()) {
      return new Cut.Place(new LogPlace(place.group(1), Long.parseLong(place.group(2))));
    }
    String iso = text.replaceFirst(" ", "T");
    try {
      return new Cut.At(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeException e) {
      return zoned(text, iso);
    }
  }

  private static Cut zoned(String text, String iso) {
    try {
      return new Cut.At(ZonedDateTime.parse(iso).toInstant());
    } catch (DateTimeException e) {
      throw usage(
          "'"
              + text
              + "' is no moment: a time needs its zone, such as 2026-03-01T14:05:00Z or"
              + " 2026-03-01T14:05:00+01:00");
    }
  }

  private static FoldbackException usage(String problem) {
    return new FoldbackException(ErrorCode.USAGE, problem, "See 'foldback help restore'.");
  }
}
