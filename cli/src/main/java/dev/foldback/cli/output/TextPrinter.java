package dev.foldback.cli.output;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.backup.Way;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.moment.Undo;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.restore.RestorePlan;
import dev.foldback.core.restore.RestoreResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes for people: results to standard output, everything else to standard error. */
public final class TextPrinter implements Printer {
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final boolean quiet;
  private final Clock clock;

  public TextPrinter(
      PrintStream out, PrintStream err, Terminal terminal, boolean quiet, Clock clock) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.quiet = quiet;
    this.clock = clock;
  }

  @Override
  public Meter.Display display() {
    if (quiet) {
      return new QuietDisplay(err);
    }
    return terminal.live()
        ? new LiveDisplay(err, terminal.style(), terminal.width())
        : new LineDisplay(err);
  }

  @Override
  public void warning(Finding warning) {
    if (!quiet) {
      err.println(Findings.text(warning, terminal.style()));
    }
  }

  @Override
  public void made(RepositoryInfo info, String location, Optional<Path> keyFile) {
    say("Made a repository at " + location + " (id " + info.id().substring(0, 8) + ").");
    if (keyFile.isPresent()) {
      say("The recovery key is in " + keyFile.get() + ", readable by you alone.");
      say(
          """

          Keep that file safe, and a copy of it somewhere else than the backups. Backups are sealed
          to it. Whoever has it can read them; WITHOUT IT NOBODY CAN EVER READ THEM AGAIN, and
          there is no way around that. Taking backups does not need it; restoring does.\
          """);
    } else {
      say(
          """

          Nothing in this repository will be encrypted: whoever can read the store can read every
          row in it, the accounts' password hashes too. This can't be changed later.\
          """);
    }
  }

  @Override
  public void backedUp(RestorePoint point) {
    switch (point) {
      case RestorePoint.Taken(Way way, String reason, BackupResult result) -> {
        snapshot(result);
        say("  " + way.word() + ": " + reason);
      }
      case RestorePoint.Reached reached -> log(reached);
    }
  }

  private void log(RestorePoint.Reached reached) {
    SegmentManifest newest = reached.newest();
    say("The log of " + newest.source() + " is stored up to " + newest.until() + ".");
    say(
        "  any moment since snapshot "
            + reached.base().id()
            + " can be restored, the last at "
            + newest.to().text());
    reached
        .stored()
        .ifPresent(
            stored ->
                say(
                    "  "
                        + Words.count(stored.transactions(), "transaction")
                        + ", "
                        + Words.bytes(stored.bytes())
                        + " of log; sent "
                        + Words.bytes(stored.sentBytes())
                        + " in "
                        + Words.duration(reached.time())));
    say("  log: " + reached.reason());
  }

  private void snapshot(BackupResult result) {
    List<Finding> findings = result.manifest().findings();
    SnapshotManifest manifest = result.manifest();
    long warnings = findings.stream().filter(f -> f.severity() == Finding.Severity.WARNING).count();
    say("Snapshot " + manifest.id() + " of " + manifest.source() + " is committed.");
    say("  consistent at " + manifest.position().text() + " (" + manifest.method() + ")");
    say(
        "  "
            + Words.count(manifest.tables(), "table")
            + ", "
            + Words.count(manifest.rows(), "row")
            + ", "
            + Words.bytes(manifest.rowBytes())
            + " of rows in "
            + Words.duration(result.time()));
    say(
        "  sent "
            + Words.bytes(manifest.newBytes())
            + "; the snapshot is "
            + Words.bytes(manifest.storedBytes())
            + " as stored, "
            + Words.bytes(result.transfer().reusedBytes())
            + " of rows were there already");
    if (warnings > 0) {
      say("  " + Words.count(warnings, "warning") + ": see above, or 'foldback show'");
    }
  }

  @Override
  public void captured(SourceName source, CaptureResult result) {
    say(
        "Captured "
            + Words.count(result.transactions(), "transaction")
            + ", "
            + Words.bytes(result.bytes())
            + " of log, in "
            + Words.count(result.segments(), "segment")
            + "; sent "
            + Words.bytes(result.sentBytes())
            + ".");
    result
        .newest()
        .ifPresent(
            newest ->
                say(
                    "  the log of "
                        + source
                        + " is stored up to "
                        + Words.time(newest.until(), clock.getZone())
                        + ", "
                        + newest.to().text()));
  }

  @Override
  public void listed(SnapshotListing listing, Map<SourceName, LogListing> logs) {
    out.print(Listings.list(listing, terminal.style(), clock));
    out.print(LogText.of(Reachable.of(listing, logs), terminal.style(), clock));
    logs.values()
        .forEach(
            log -> log.damaged().forEach(f -> out.println(Findings.text(f, terminal.style()))));
    out.flush();
  }

  @Override
  public void shown(SnapshotListing.Entry entry, List<TableSummary> tables) {
    out.print(Listings.show(entry, tables, terminal.style(), clock));
    out.flush();
  }

  @Override
  public void planned(RestorePlan plan, String target) {
    if (!quiet) {
      err.print(PlanText.of(plan, target, terminal.style(), clock));
      err.flush();
    }
  }

  @Override
  public void restored(RestoreResult result) {
    say(
        "Restored "
            + Words.count(result.tables(), "table")
            + ", "
            + Words.count(result.rows(), "row")
            + ", "
            + Words.bytes(result.rowBytes())
            + " from "
            + result.snapshot()
            + " in "
            + Words.duration(result.loadTime())
            + ".");
    say(
        result.compared()
            ? "  "
                + terminal.style().green("proven")
                + ": every row was read back and is equal, in "
                + Words.duration(result.compareTime())
            : "  not compared (--no-verify): nothing is proven about the rows on the target");
    for (Finding missing : result.missing()) {
      say("  " + terminal.style().red("missing") + ": " + missing.subject() + ", see above");
    }
  }

  @Override
  public void verified(VerifyReport report, RepositoryInfo info) {
    if (!quiet || !report.good()) {
      out.print(VerifyText.of(report, info, terminal.style()));
      out.flush();
    }
  }

  /** To standard error: the other has the changes. */
  @Override
  public void changesTold(SourceName source, HistorySummary told) {
    if (!quiet) {
      err.println(counts(told) + " of " + source + ", by snapshot " + told.snapshot() + ".");
    }
  }

  @Override
  public void undoWritten(SourceName source, HistorySummary told, Undo undo, Optional<Path> file) {
    if (!quiet) {
      err.println(
          "The script takes back "
              + counts(told)
              + " of "
              + source
              + file.map(f -> "; it is in " + f).orElse("")
              + ".");
      err.println("Nothing was run: read it, then give it to the mysql or mariadb client.");
    }
  }

  @Override
  public void compared(SourceName source, DiffResult result) {
    say("A: " + result.before());
    say("B: " + result.after());
    for (DiffResult.ObjectDifference o : result.objects()) {
      String name = o.schema().isEmpty() ? o.name() : o.schema() + "." + o.name();
      say(
          "  "
              + o.change().name().toLowerCase(Locale.ROOT)
              + " "
              + o.kind()
              + " "
              + Words.safe(o.kind().equals("schema") ? o.schema() : name));
    }
    for (DiffResult.TableDifference t : result.tables()) {
      say(
          "  rows of "
              + Words.safe(t.table().toString())
              + ": "
              + t.added()
              + " added, "
              + t.removed()
              + " removed, "
              + t.changed()
              + " changed"
              + (t.comparable() ? "" : " (its columns or key are others: no row was compared)"));
    }
    say(
        result.isEqual()
            ? "Nothing differs; " + Words.count(result.compared(), "table") + " compared."
            : Words.count(result.tables().size(), "table")
                + " of "
                + result.compared()
                + " in both "
                + (result.tables().size() == 1 ? "differs" : "differ")
                + " in rows, "
                + Words.count(result.objects().size(), "definition")
                + " in text.");
  }

  @Override
  public void kept(List<KeptTables> all, List<Unfinished> unfinished) {
    KeptText.of(all, unfinished, clock.getZone()).lines().forEach(this::say);
  }

  @Override
  public void gaveUp(Unfinished left) {
    say(KeptText.gaveUp(left));
  }

  @Override
  public void released(KeptTables kept) {
    say(
        "Released "
            + kept.id()
            + ": "
            + Words.count(kept.tables().size(), "table")
            + ", "
            + Words.bytes(kept.bytes())
            + " deleted.");
  }

  @Override
  public void putBack(KeptTables kept, KeptTables now) {
    say(
        "Put back "
            + Words.count(kept.tables().size(), "table")
            + " of "
            + kept.id()
            + ". What stood there is kept as "
            + now.id()
            + ".");
  }

  @Override
  public void consolidated(ConsolidateResult result) {
    String base = "snapshot " + result.folded().snapshot().id();
    if (result.manifest().isEmpty()) {
      Cut cut = result.folded().cut();
      say(
          "Nothing was written: no transaction is stored after "
              + base
              + (cut instanceof Cut.End ? "." : " up to " + cut + "."));
      return;
    }
    SnapshotManifest manifest = result.manifest().get();
    say("Snapshot " + manifest.id() + " of " + manifest.source() + " is committed.");
    say(
        "  from "
            + base
            + " and "
            + Words.count(result.folded().transactions(), "transaction")
            + " after it, "
            + Words.count(result.changes(), "change")
            + " of rows, in "
            + Words.duration(result.time()));
    say("  at " + manifest.position().text());
    say(
        "  "
            + Words.count(result.carried(), "table")
            + " of "
            + manifest.tables()
            + " unchanged and unread; sent "
            + Words.bytes(result.transfer().sentBytes())
            + ", "
            + Words.bytes(result.transfer().reusedBytes())
            + " of rows were there already");
  }

  private static String counts(HistorySummary told) {
    return Words.count(told.transactions(), "transaction")
        + " ("
        + Words.count(told.inserts(), "insert")
        + ", "
        + Words.count(told.updates(), "update")
        + ", "
        + Words.count(told.deletes(), "delete")
        + ", "
        + Words.count(told.statements(), "statement")
        + ")";
  }

  @Override
  public void planned(PrunePlan plan) {
    if (!quiet) {
      out.print(PruneText.of(plan, clock));
      out.flush();
    }
  }

  @Override
  public void pruned(Swept swept, PruneOptions options) {
    PruneText.of(swept, options).lines().forEach(this::say);
  }

  @Override
  public void failed(FoldbackException failure) {
    Style style = terminal.style();
    String message = String.valueOf(failure.getMessage());
    err.println(style.red("error " + failure.code().code() + ":") + " " + Words.safe(message));
    err.println(sentence(failure.code().exit().meaning()));
    if (!failure.hint().isEmpty()) {
      err.println(style.bold("hint:") + " " + Words.safe(failure.hint()));
    }
    if (failure.code() == ErrorCode.INTERNAL) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static String sentence(String meaning) {
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
  }

  private void say(String line) {
    if (!quiet) {
      out.println(Words.safe(line));
      out.flush();
    }
  }
}
