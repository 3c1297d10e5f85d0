package dev.foldback.cli.output;

import dev.foldback.cli.output.Meter.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A phase in one line. */
final class PhaseLine {
  private PhaseLine() {}

  static String running(Look look) {
    List<String> parts = amounts(look);
    if (look.bytesPerSecond() >= 1) {
      parts.add(Words.bytes((long) look.bytesPerSecond()) + "/s");
    }
    look.remaining().map(PhaseLine::left).ifPresent(parts::add);
    if (parts.isEmpty()) {
      parts.add(Words.duration(look.elapsed()));
    }
    return look.phase() + "  " + String.join("  ", parts);
  }

  static String ended(Look look) {
    List<String> parts = amounts(look);
    parts.add("in " + Words.duration(look.elapsed()));
    if (look.bytes() > 0 && look.meanRate() >= 1) {
      parts.add("(" + Words.bytes((long) look.meanRate()) + "/s)");
    }
    return String.format("%-9s %s", look.phase(), String.join("  ", parts));
  }

  private static List<String> amounts(Look look) {
    List<String> parts = new ArrayList<>();
    if (look.rows() > 0) {
      parts.add(Words.count(look.rows(), "row"));
    }
    if (look.bytes() > 0) {
      parts.add(Words.bytes(look.bytes()));
    }
    return parts;
  }

  private static String left(Duration remaining) {
    return "about " + Words.rough(remaining) + " left";
  }
}
