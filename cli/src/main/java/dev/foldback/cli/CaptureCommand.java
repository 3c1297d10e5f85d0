package dev.foldback.cli;

import dev.foldback.cli.config.Quantities;
import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.repository.Repository;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "capture",
    description = {
      "Stores the server's log as it grows, so that any moment after a snapshot can be had back.",
      "Runs until it is stopped, and goes on where it ended; a backup may run beside it."
    })
final class CaptureCommand extends FoldbackCommand {
  private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

  @Parameters(
      paramLabel = "SOURCE",
      description = "mysql://user@host:port, mariadb://…, or a name from foldback.yaml.")
  String source = "";

  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--name", paramLabel = "N", description = "The source's name in the repository.")
  @Nullable String name;

  @Option(names = "--once", description = "Catch up to now and end, as for cron.")
  boolean once;

  @Option(
      names = "--max-lag",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Store what is in the log after so long; ${DEFAULT-VALUE} where not given.")
  String maxLag = "30s";

  @Option(
      names = "--accept-hole",
      description = "Where the log does not go on, begin anew and keep a note of what is lost.")
  boolean acceptHole;

  @Mixin CompressionOption compression = new CompressionOption();

  @Option(names = "--password-file", paramLabel = "FILE", description = "The server's password.")
  @Nullable String passwordFile;

  CaptureCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback capture mysql://backup@db1:3306 --repo /backups/shop --max-lag 10s";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.INCOMPLETE));
  }

  @Override
  ExitStatus run(Printer printer) {
    Settings.Server server = server(source, passwordFile, printer);
    CaptureOptions options =
        new CaptureOptions(
            name == null ? server.suggestedName() : new SourceName(name),
            once,
            lag(),
            acceptHole,
            compression.level("capture"));
    Settings.RepositoryPlace place =
        settings().repository(text(repository.repo), text(repository.keyFile), server.entry());
    try (Repository opened = openWithoutKey(place, printer);
        SourceServer connected =
            engine(server.endpoint()).openSource(ports.complete(server.endpoint()))) {
      Capture capture = new Capture(opened, connected);
      CaptureResult result = watched(printer, progress -> capture.run(options, progress));
      printer.captured(options.source(), result);
    }
    return ExitStatus.OK;
  }

  private Duration lag() {
    return Quantities.duration(maxLag)
        .filter(lag -> lag.compareTo(SHORTEST_LAG) >= 0)
        .orElseThrow(() -> usage("--max-lag is not a time of a second or more, such as 30s or 5m"));
  }

  private static FoldbackException usage(String problem) {
    return new FoldbackException(ErrorCode.USAGE, problem, "See 'foldback help capture'.");
  }
}
