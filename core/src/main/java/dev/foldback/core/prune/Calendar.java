package dev.foldback.core.prune;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The parts of the UTC calendar that retention counts by, and what each is called. */
enum Calendar {
  DAY {
    @Override
    String name(LocalDate date) {
      return date.toString();
    }
  },
  WEEK {
    @Override
    String name(LocalDate date) {
      return String.format(
          Locale.ROOT,
          "%d-W%02d",
          date.get(IsoFields.WEEK_BASED_YEAR),
          date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
  },
  MONTH {
    @Override
    String name(LocalDate date) {
      return String.format(Locale.ROOT, "%d-%02d", date.getYear(), date.getMonthValue());
    }
  },
  YEAR {
    @Override
    String name(LocalDate date) {
      return Integer.toString(date.getYear());
    }
  };

  abstract String name(LocalDate date);

  /** Such as {@code day 2026-03-01} or {@code week 2026-W09}. */
  String of(Instant time) {
    return name().toLowerCase(Locale.ROOT) + " " + name(LocalDate.ofInstant(time, ZoneOffset.UTC));
  }
}
