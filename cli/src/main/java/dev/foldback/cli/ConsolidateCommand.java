package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.consolidate.Consolidate;
import dev.foldback.core.consolidate.ConsolidateOptions;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "The log stays, and every moment before can still be had. Needs the recovery key."
    })
final class ConsolidateCommand extends FoldbackCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source; may be left out where the repository holds one.")
  @Nullable String name;

  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--scratch",
      paramLabel = "URL",
      description =
          "A server where the log's DDL is run on empty copies, in schemas of their own that are"
              + " removed; needed only where the log holds DDL.")
  @Nullable String scratch;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password for --scratch.")
  @Nullable String passwordFile;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many tables to write at once; ${DEFAULT-VALUE} where not given.")
  int threads = 2;

  @Option(
      names = "--compression",
      paramLabel = "LEVEL",
      defaultValue = "1",
      description = "zstd's level, 1 to 19; ${DEFAULT-VALUE} where not given.")
  int compression = 1;

  @Option(
      names = "--work-folder",
      paramLabel = "FOLDER",
      description =
          "Where changes wait that memory has no room for; the system's temporary folder where not"
              + " given. What is written there is sealed or removed.")
  @Nullable String workFolder;

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
    if (compression < 1 || compression > 19) {
      throw usage("--compression must be from 1 to 19");
    }
    if (threads < 1 || threads > 64) {
      throw usage("--threads must be from 1 to 64");
    }
    try (Repository opened = open(place(repository, name), printer)) {
      SourceName source = HistoryArguments.source(opened, text(name));
      Consolidate consolidate =
          new Consolidate(
              opened,
              HistoryArguments.engine(opened, source, ports.engines()),
              environment.clock());
      ConsolidateOptions options =
          new ConsolidateOptions(
              source,
              workFolder == null ? ports.workFolder() : Path.of(workFolder),
              Long.toHexString(environment.clock().instant().toEpochMilli()),
              threads,
              compression);
      printer.consolidated(run(consolidate, options, printer));
      return ExitStatus.OK;
    } finally {
      tidy();
    }
  }

  private ConsolidateResult run(
      Consolidate consolidate, ConsolidateOptions options, Printer printer) {
    if (scratch == null) {
      return watched(printer, progress -> consolidate.run(options, Optional.empty(), progress));
    }
    Settings.Server server = server(scratch, passwordFile, printer);
    try (TargetServer connected =
        engine(server.endpoint()).openTarget(ports.complete(server.endpoint()))) {
      return watched(
          printer, progress -> consolidate.run(options, Optional.of(connected), progress));
    }
  }

  /** The process's own work folder is empty by now, if it was made. */
  private void tidy() {
    try {
      Files.deleteIfExists(ports.workFolder());
    } catch (IOException _) {
      // A folder among the temporary ones does no harm; what was in it is sealed.
    }
  }

  private static FoldbackException usage(String problem) {
    return new FoldbackException(ErrorCode.USAGE, problem, "See 'foldback help consolidate'.");
  }
}
