package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.moment.History;
import dev.foldback.core.moment.HistoryListener;
import dev.foldback.core.moment.HistorySummary;
import java.io.IOException;
import java.nio.file.Files;
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
    String run = Long.toHexString(environment.clock().instant().toEpochMilli());
    if (scratch.isEmpty()) {
      return watched(printer, progress -> opened.tell(Optional.empty(), run, listener, progress));
    }
    Settings.Server server = scratch.get();
    try (TargetServer connected =
        engine(server.endpoint()).openTarget(ports.complete(server.endpoint()))) {
      return watched(
          printer, progress -> opened.tell(Optional.of(connected), run, listener, progress));
    }
  }

  @Override
  final ExitStatus run(Printer printer) {
    try {
      return read(printer);
    } finally {
      tidy();
    }
  }

  abstract ExitStatus read(Printer printer);

  /** The process's own work folder is empty by now, if it was made. */
  private void tidy() {
    try {
      Files.deleteIfExists(ports.workFolder());
    } catch (IOException _) {
      // A folder among the temporary ones does no harm; what was in it is sealed.
    }
  }

  Optional<Settings.Server> scratch(Printer printer) {
    return Optional.ofNullable(history.scratch)
        .map(url -> server(url, history.passwordFile, printer));
  }
}
