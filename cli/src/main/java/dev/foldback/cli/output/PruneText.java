package dev.foldback.cli.output;

import dev.foldback.core.prune.Garbage;
import dev.foldback.core.prune.LogDecision;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.SnapshotDecision;
import dev.foldback.core.prune.Swept;
import java.time.Clock;
import java.util.List;

/** What a prune keeps and deletes, and why. */
final class PruneText {
  private PruneText() {}

  static String of(PrunePlan plan, Clock clock) {
    StringBuilder text = new StringBuilder();
    List<SnapshotDecision> snapshots = plan.decisions().snapshots();
    if (snapshots.isEmpty()) {
      text.append("There is no snapshot.\n");
    } else {
      Grid grid = new Grid("", "SNAPSHOT", "SOURCE", "TIME", ">STORED", "WHY");
      snapshots.forEach(
          d ->
              grid.row(
                  word(d.keep()),
                  d.snapshot().id().value(),
                  d.snapshot().source().value(),
                  Words.time(d.snapshot().started(), clock.getZone()),
                  Words.bytes(d.snapshot().storedBytes()),
                  String.join("; ", d.reasons())));
      text.append(grid.text());
    }
    if (!plan.decisions().log().isEmpty()) {
      Grid grid = new Grid("", "LOG", "SOURCE", "FROM", "TO", ">STORED", "WHY");
      plan.decisions().log().forEach(d -> row(grid, d, clock));
      text.append('\n').append(grid.text());
    }
    return text.append('\n').append(sums(plan)).toString();
  }

  private static void row(Grid grid, LogDecision d, Clock clock) {
    grid.row(
        word(d.keep()),
        d.first() + (d.last() > d.first() ? "-" + d.last() : ""),
        d.source().value(),
        Words.time(d.firstCommit(), clock.getZone()) + " " + d.from(),
        Words.time(d.lastCommit(), clock.getZone()) + " " + d.to(),
        Words.bytes(d.bytes()),
        String.join("; ", d.reasons()));
  }

  private static String word(boolean keep) {
    return keep ? "keep" : "drop";
  }

  private static String sums(PrunePlan plan) {
    long dropped = plan.decisions().snapshots().stream().filter(d -> !d.keep()).count();
    long kept = plan.decisions().snapshots().size() - dropped;
    Garbage garbage = plan.garbage();
    String text =
        (plan.options().dryRun() ? "Would drop " : "Drops ")
            + Words.count(dropped, "snapshot")
            + " and keep"
            + (plan.options().dryRun() ? " " : "s ")
            + Words.count(kept)
            + ". That frees "
            + Words.bytes(garbage.freedBytes())
            + " in "
            + Words.count(garbage.freedObjects(), "object")
            + ".\n";
    if (garbage.looseObjects() > 0) {
      text +=
          "Nothing refers to "
              + Words.count(garbage.looseObjects(), "other object")
              + " with "
              + Words.bytes(garbage.looseBytes())
              + ": left by earlier prunes and runs that died, or of a backup under way.\n";
    }
    return plan.options().dryRun() ? text + "Nothing was deleted (--dry-run).\n" : text;
  }

  static String of(Swept swept, PruneOptions options) {
    String text =
        "Deleted "
            + Words.count(swept.snapshots(), "snapshot")
            + (swept.segments() > 0
                ? ", " + Words.count(swept.segments(), "segment") + " of log"
                : "")
            + " and "
            + Words.count(swept.deletedObjects(), "object")
            + " with "
            + Words.bytes(swept.deletedBytes())
            + ".\n";
    if (!swept.clockKnown()) {
      return text
          + "This store does not tell when files were written, so no object can be known to be old"
          + " enough: none was deleted.\n";
    }
    if (swept.waitingObjects() > 0) {
      text +=
          Words.bytes(swept.waitingBytes())
              + " in "
              + Words.count(swept.waitingObjects(), "object")
              + " that nothing refers to wait for their grace period of "
              + Words.duration(options.grace())
              + ": a later prune deletes them, where no backup has taken them up again.\n";
    }
    return text;
  }
}
