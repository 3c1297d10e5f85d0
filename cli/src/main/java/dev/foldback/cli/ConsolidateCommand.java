package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.consolidate.Consolidate;
import dev.foldback.core.consolidate.ConsolidateOptions;
import dev.foldback.core.log.Cut;
import dev.foldback.core.repository.Repository;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "consolidate",
    description = {
      "Folds the newest snapshot and the log after it into a new snapshot, without the source, so"
          + " that restores stay short while backups go by log.",
      "With --at or --before it is a snapshot of that moment, such as the end of yesterday; it must"
          + " be after the newest snapshot.",
      "The log stays, and every moment before can still be had. Needs the recovery key."
    })
final class ConsolidateCommand extends FoldbackCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source; may be left out where the repository holds one.")
  @Nullable String name;

  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Mixin MomentOptions moment = new MomentOptions();

  @Mixin ScratchOptions scratch = new ScratchOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many tables to write at once; ${DEFAULT-VALUE} where not given.")
  int threads = 2;

  @Mixin CompressionOption compression = new CompressionOption();
  @Mixin WorkFolderOption workFolder = new WorkFolderOption();

  ConsolidateCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback consolidate shop --repo /backups/shop --key-file ~/shop.key";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.INCOMPLETE));
  }

  @Override
  ExitStatus run(Printer printer) {
    Cut cut = moment.cut();
    int level = compression.level("consolidate");
    if (threads < 1 || threads > 64) {
      throw usage("--threads must be from 1 to 64");
    }
    Optional<Settings.Server> server = scratch(scratch, printer);
    try (Repository opened = open(place(repository, name), printer)) {
      SourceName source = HistoryArguments.source(opened, text(name));
      Consolidate consolidate =
          new Consolidate(
              opened,
              HistoryArguments.engine(opened, source, ports.engines()),
              environment.clock());
      ConsolidateOptions options =
          new ConsolidateOptions(
              source, cut, workFolder.path(ports.workFolder()), scratchRun(), threads, level);
      printer.consolidated(
          withScratch(
              server, printer, (target, progress) -> consolidate.run(options, target, progress)));
      return ExitStatus.OK;
    } finally {
      tidyWorkFolder();
    }
  }

  private static FoldbackException usage(String problem) {
    return new FoldbackException(ErrorCode.USAGE, problem, "See 'foldback help consolidate'.");
  }
}
