package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.changes.ChangeOutput;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.moment.History;
import dev.foldback.core.moment.HistoryOptions;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.repository.Repository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "changes",
    description = {
      "Tells what changed, when and in which transaction: each row before and after.",
      "Reads the stored log alone; no server is needed."
    })
final class ChangesCommand extends HistoryCommand {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (the default), json (a line each) or csv; --json is --format json.")
  @Nullable RowFormat format;

  @Option(
      names = "--summary",
      description = "Only how many rows came, changed and went, for each table and minute (UTC).")
  boolean summary;

  ChangesCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback changes --table shop.orders --from 2026-03-01T14:00:00Z --to"
        + " 2026-03-01T14:05:00Z --repo /backups/shop";
  }

  @Override
  ExitStatus read(Printer usual) {
    RowFormat.settle(common, format);
    Printer printer = common.json ? common.printer(environment, false) : usual;
    // What is wrong in the options is said before anything is opened.
    history.table();
    history.from();
    history.to();
    Optional<Settings.Server> scratch = scratch(printer);
    try (Repository opened = open(place(repository, name), printer)) {
      HistoryOptions options = history.options(opened, text(name), ports.workFolder());
      SourceName source = options.source();
      DatabaseEngine engine = HistoryArguments.engine(opened, source, ports.engines());
      History found = watched(printer, progress -> History.open(opened, engine, options, progress));
      ChangeOutput output = output(engine);
      HistorySummary told = tell(found, scratch, output, printer);
      output.end();
      told.findings().forEach(printer::warning);
      printer.changesTold(source, told);
      return told.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
  }

  private ChangeOutput output(DatabaseEngine engine) {
    if (common.json) {
      return ChangeOutput.json(environment.out(), environment.clock(), engine, summary);
    }
    return format == RowFormat.CSV
        ? ChangeOutput.csv(environment.out(), engine, summary)
        : ChangeOutput.text(environment.out(), engine, summary);
  }
}
