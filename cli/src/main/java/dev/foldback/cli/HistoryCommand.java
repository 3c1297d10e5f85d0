package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.moment.History;
import dev.foldback.core.moment.HistoryListener;
import dev.foldback.core.moment.HistorySummary;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What commands that read a history have in common. */
abstract class HistoryCommand extends FoldbackCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source; may be left out where the repository holds one.")
  @Nullable String name;

  @Mixin RepositoryOptions repository = new RepositoryOptions();
  @Mixin HistoryArguments history = new HistoryArguments();

  HistoryCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.BUSY));
  }

  /** Tells it, with the scratch server where one is named. */
  HistorySummary tell(
      History opened,
      Optional<Settings.Server> scratch,
      HistoryListener listener,
      Printer printer) {
    String run = scratchRun();
    return withScratch(
        scratch, printer, (server, progress) -> opened.tell(server, run, listener, progress));
  }

  @Override
  final ExitStatus run(Printer printer) {
    try {
      return read(printer);
    } finally {
      tidyWorkFolder();
    }
  }

  abstract ExitStatus read(Printer printer);

  Optional<Settings.Server> scratch(Printer printer) {
    return scratch(history.scratch, printer);
  }
}
