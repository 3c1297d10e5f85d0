package dev.foldback.cli.output;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.Unfinished;
import java.time.ZoneId;
import java.util.List;

/** What restores left on a server, and what to do about each. */
final class KeptText {
  private static final int MOST_NAMED = 20;

  private KeptText() {}

  static String of(List<KeptTables> kept, List<Unfinished> unfinished, ZoneId zone) {
    if (kept.isEmpty() && unfinished.isEmpty()) {
      return "Nothing is kept on this server, and nothing is unfinished.\n";
    }
    StringBuilder text = new StringBuilder();
    kept.forEach(each -> kept(text, each, zone));
    if (!unfinished.isEmpty()) {
      text.append(kept.isEmpty() ? "Nothing is kept on this server.\n" : "")
          .append("Unfinished:\n");
      unfinished.forEach(each -> unfinished(text, each, zone));
    }
    return text.toString();
  }

  private static void kept(StringBuilder text, KeptTables kept, ZoneId zone) {
    text.append(kept.id())
        .append("  ")
        .append(Words.time(kept.at(), zone))
        .append("  ")
        .append(size(kept.tables(), kept.bytes()))
        .append(kept.ended() ? "" : "  (cut off; the next restore or release brings it to an end)")
        .append('\n');
    text.append("  ").append(Words.safe(kept.what())).append('\n');
    text.append("  in ").append(Words.safe(String.join(", ", kept.schemas()))).append('\n');
    tables(text, kept.tables());
    line(text, "delete it: foldback release SERVER " + kept.id());
    line(text, "put it back: foldback release SERVER " + kept.id() + " --back");
  }

  private static void unfinished(StringBuilder text, Unfinished left, ZoneId zone) {
    text.append(Words.safe(left.id()))
        .append(left.since().map(since -> "  " + Words.time(since, zone)).orElse(""))
        .append("  ")
        .append(size(left.tables(), left.bytes()))
        .append(left.running() ? "  (a run is at work; this may be of it)" : "")
        .append('\n');
    line(text, what(left.kind()));
    if (!left.schemas().isEmpty()) {
      line(text, "in " + Words.safe(String.join(", ", left.schemas())));
    }
    tables(text, left.tables());
    todo(text, left);
  }

  private static String what(Unfinished.Kind kind) {
    return switch (kind) {
      case IN_PLACE ->
          "a restore in place that did not come to its end; nothing that was there has moved";
      case BESIDE -> "a restore that did not come to its end; what it made has its final names";
      case COPIES -> "empty copies that statements of a log were run on";
      case UNNOTED -> "what a restore in place put aside; the note that tells more is gone";
    };
  }

  private static void todo(StringBuilder text, Unfinished left) {
    String giveUp = "foldback release SERVER " + Words.safe(left.id()) + " --give-up";
    switch (left.kind()) {
      case IN_PLACE -> {
        line(text, "go on: run the same restore again");
        line(text, "give it up, which deletes these tables: " + giveUp);
      }
      case BESIDE -> {
        line(text, "go on: run the same restore again");
        line(text, "give it up, which forgets it and leaves its tables: " + giveUp);
      }
      case COPIES -> {
        line(text, "they go with the next run that makes such copies");
        line(text, "or now: " + giveUp);
      }
      case UNNOTED -> line(text, "look at its tables; what is not needed goes with DROP DATABASE");
    }
  }

  private static void tables(StringBuilder text, List<TableName> tables) {
    tables.stream().limit(MOST_NAMED).forEach(t -> line(text, "  " + Words.safe(t.toString())));
    if (tables.size() > MOST_NAMED) {
      line(text, "  and " + (tables.size() - MOST_NAMED) + " more");
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append("  ").append(line).append('\n');
  }

  private static String size(List<TableName> tables, long bytes) {
    return Words.count(tables.size(), "table") + ", " + Words.bytes(bytes);
  }

  static String gaveUp(Unfinished left) {
    String size = size(left.tables(), left.bytes());
    return "Gave up "
        + left.id()
        + (left.kind() == Unfinished.Kind.BESIDE
            ? ": its note is gone; " + size + " that it made stay."
            : ": " + size + " deleted.");
  }
}
