package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.changes.DiffOutput;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.diff.Diff;
import dev.foldback.core.diff.DiffListener;
import dev.foldback.core.diff.DiffOptions;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.diff.Point;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.restore.SnapshotChoice;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = {
      "Tells what differs between two restore points: definitions, and rows of each table.",
      "Reads what is stored alone. Exit status 0 means that nothing differs, 5 that something does."
    })
final class DiffCommand extends FoldbackCommand {
  private static final Pattern ID = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}");

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "The first point: a snapshot's id, latest (the newest snapshot), now (the end of the"
              + " stored log), a time with its zone, a GTID, or FILE:OFFSET.")
  String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The second point, in the same form.")
  String after = "";

  @Mixin RepositoryOptions repository = new RepositoryOptions();
  @Mixin SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "The source; may be left out where the repository holds one.")
  @Nullable String name;

  @Option(names = "--rows", description = "Write each row that differs, not only how many.")
  boolean rows;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With --rows, at most so many of a table; ${DEFAULT-VALUE} where not given.")
  long limit = 1000;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text (the default), json (a line each) or csv: with --rows a record for each row, else"
              + " one for each table; --json is --format json.")
  @Nullable RowFormat format;

  @Mixin ScratchOptions scratch = new ScratchOptions();
  @Mixin WorkFolderOption workFolder = new WorkFolderOption();

  DiffCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback diff 20260301T020000Z-5a36 now --include shop.orders --rows --repo"
        + " /backups/shop";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.INCOMPLETE, ExitStatus.BUSY));
  }

  @Override
  ExitStatus run(Printer usual) {
    RowFormat.settle(common, format);
    Printer printer = printer(usual);
    Optional<Cut> first = moment(before);
    Optional<Cut> second = moment(after);
    Optional<Settings.Server> server = scratch(scratch, printer);
    try (Repository opened = open(place(repository, name), printer)) {
      SourceName source = HistoryArguments.source(opened, text(name));
      DatabaseEngine engine = HistoryArguments.engine(opened, source, ports.engines());
      DiffOptions options =
          new DiffOptions(
              source,
              point(opened, source, before, first),
              point(opened, source, after, second),
              selection.selection(),
              workFolder.path(ports.workFolder()),
              scratchRun());
      Diff diff = new Diff(opened, engine);
      Optional<DiffOutput> output = rows ? Optional.of(output(engine)) : Optional.empty();
      DiffListener listener = output.<DiffListener>map(o -> o).orElseGet(Silent::new);
      DiffResult result =
          withScratch(
              server, printer, (target, progress) -> diff.run(options, target, listener, progress));
      output.ifPresent(DiffOutput::end);
      if (format == RowFormat.CSV && !rows) {
        DiffOutput.counts(environment.out(), result);
      }
      printer.compared(source, result);
      return result.isEqual() ? ExitStatus.OK : ExitStatus.DAMAGE;
    } finally {
      tidyWorkFolder();
    }
  }

  /** What is for people goes to standard error where standard output has records. */
  private Printer printer(Printer usual) {
    if (format == RowFormat.CSV) {
      return common.beside(environment);
    }
    return common.json ? common.printer(environment, false) : usual;
  }

  private DiffOutput output(DatabaseEngine engine) {
    if (common.json) {
      return DiffOutput.json(environment.out(), environment.clock(), engine, limit);
    }
    return format == RowFormat.CSV
        ? DiffOutput.csv(environment.out(), engine, limit)
        : DiffOutput.text(environment.out(), engine, limit);
  }

  /** Empty for a snapshot. */
  private static Optional<Cut> moment(String text) {
    if (text.equals("latest") || ID.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(text.equals("now") ? new Cut.End() : MomentOptions.moment(text.strip()));
  }

  private static Point point(Repository opened, SourceName source, String text, Optional<Cut> cut) {
    if (cut.isPresent()) {
      return new Point.OfLog(cut.get());
    }
    Optional<SnapshotId> id =
        text.equals("latest") ? Optional.empty() : Optional.of(new SnapshotId(text));
    return new Point.OfSnapshot(
        SnapshotChoice.choose(opened.snapshots(), Optional.of(source), id).id());
  }

  /** Only counts are wanted. */
  private static final class Silent implements DiffListener {
    @Override
    public void added(TableState table, RowImage row) {}

    @Override
    public void changed(TableState table, RowImage former, RowImage row) {}

    @Override
    public void removed(TableState table, RowImage row) {}
  }
}
