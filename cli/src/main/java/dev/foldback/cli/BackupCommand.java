package dev.foldback.cli;

import dev.foldback.cli.config.Configuration.SourceEntry;
import dev.foldback.cli.config.Configuration.Tuning;
import dev.foldback.cli.config.Quantities;
import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.MixedBackup;
import dev.foldback.core.backup.Way;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.repository.Repository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = {
      "Makes a new restore point, in the cheapest way that is sure, and says why:",
      "by a snapshot of the server, consistent at one position of its log, or, where there is one"
          + " already, by storing the log since then. A snapshot is taken again when it is a week"
          + " old, when the log after it has grown to half of its rows, or when the log does not"
          + " hold all that changed."
    })
final class BackupCommand extends FoldbackCommand {
  @Parameters(
      paramLabel = "SOURCE",
      description = "mysql://user@host:port[/schema], mariadb://…, or a name from foldback.yaml.")
  String source = "";

  @Mixin RepositoryOptions repository = new RepositoryOptions();
  @Mixin SelectionOptions selection = new SelectionOptions();

  @Option(names = "--name", paramLabel = "N", description = "The source's name in the repository.")
  @Nullable String name;

  @Option(names = "--threads", paramLabel = "N", description = "How many slices to read at once.")
  @Nullable Integer threads;

  @Option(
      names = "--full",
      description = "Take a snapshot and store everything anew, even what is there already.")
  boolean full;

  @Option(
      names = "--way",
      paramLabel = "WAY",
      description =
          "full (as --full), differential (a snapshot that stores what is new) or log; the"
              + " cheapest where not given.")
  @Nullable String way;

  @Mixin CompressionOption compression = new CompressionOption();

  @Option(
      names = "--max-rate",
      paramLabel = "SIZE",
      description = "Read at most so many bytes a second, such as 50MiB.")
  @Nullable String maxRate;

  @Option(
      names = "--max-load",
      paramLabel = "STATUS=N",
      description =
          "Pause while a status value, such as Threads_running, is above N, or"
              + " Seconds_Behind_Source: how far the server that is read is itself behind.")
  Map<String, Long> maxLoad = new LinkedHashMap<>();

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      description = "Wait so long for a lock, such as 30s, then give up.")
  @Nullable String lockWait;

  @Option(
      names = "--allow-inconsistent",
      description = "Go on where not all tables can be had at one position, and say so.")
  boolean allowInconsistent;

  @Option(names = "--password-file", paramLabel = "FILE", description = "The server's password.")
  @Nullable String passwordFile;

  BackupCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback backup mysql://backup@db1:3306 --repo /backups/shop";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.INCOMPLETE));
  }

  @Override
  ExitStatus run(Printer printer) {
    Optional<Way> asked = way();
    Settings.Server server = server(source, passwordFile, printer);
    BackupOptions options =
        new BackupOptions(
            name == null ? server.suggestedName() : new SourceName(name),
            selected(server),
            reading(server),
            compression.level("backup"),
            asked.equals(Optional.of(Way.FULL)));
    Settings.RepositoryPlace place =
        settings().repository(text(repository.repo), text(repository.keyFile), server.entry());
    try (Repository opened = openWithoutKey(place, printer);
        SourceServer connected =
            engine(server.endpoint()).openSource(ports.complete(server.endpoint()))) {
      MixedBackup backup = new MixedBackup(opened, connected, environment.clock());
      printer.backedUp(watched(printer, progress -> backup.run(options, asked, progress)));
    }
    return ExitStatus.OK;
  }

  /** The options' patterns, else the entry's; a schema in the URL restricts them. */
  private Selection selected(Settings.Server server) {
    List<String> include =
        selection.include.isEmpty()
            ? server.entry().map(SourceEntry::include).orElse(List.of())
            : selection.include;
    List<String> exclude =
        selection.exclude.isEmpty()
            ? server.entry().map(SourceEntry::exclude).orElse(List.of())
            : selection.exclude;
    @Nullable String schema = server.endpoint().schema();
    return new Selection(schema == null ? include : within(schema, include), exclude);
  }

  /** The patterns as far as they are of the schema; one that is of another is a mistake. */
  private static List<String> within(String schema, List<String> patterns) {
    String only = Selection.literal(schema);
    if (patterns.isEmpty()) {
      return List.of(only);
    }
    List<String> narrowed = new ArrayList<>();
    for (String pattern : patterns) {
      if (!new Selection(List.of(pattern), List.of()).touches(schema)) {
        throw new FoldbackException(
            ErrorCode.USAGE,
            "the pattern '"
                + pattern
                + "' lies outside of the schema '"
                + schema
                + "', which the source's URL names; nothing was read",
            "Leave the schema out of the URL, or the pattern out of --include.");
      }
      narrowed.add(only + Selection.tablePart(pattern));
    }
    return narrowed;
  }

  private SnapshotOptions reading(Settings.Server server) {
    Tuning tuning = server.tuning();
    return new SnapshotOptions(
        threads(threads, server),
        text(lockWait)
            .map(BackupCommand::duration)
            .or(tuning::lockWait)
            .orElse(Duration.ofSeconds(30)),
        maxRate == null ? tuning.maxRate().orElse(0) : size(maxRate),
        maxLoad.isEmpty() ? tuning.maxLoad() : maxLoad,
        allowInconsistent);
  }

  private Optional<Way> way() {
    if (way == null) {
      return full ? Optional.of(Way.FULL) : Optional.empty();
    }
    Way asked =
        Arrays.stream(Way.values())
            .filter(w -> w.word().equals(way))
            .findFirst()
            .orElseThrow(() -> usage("--way must be full, differential or log"));
    if (full && asked != Way.FULL) {
      throw usage("--full and --way=" + way + " are two ways");
    }
    return Optional.of(asked);
  }

  private static Duration duration(String text) {
    return Quantities.duration(text)
        .orElseThrow(() -> usage("--lock-wait is not a time such as 30s or 5m"));
  }

  private static long size(String text) {
    return Quantities.size(text).orElseThrow(() -> usage("--max-rate is not a size such as 50MiB"));
  }

  private static FoldbackException usage(String problem) {
    return new FoldbackException(ErrorCode.USAGE, problem, "See 'foldback help backup'.");
  }
}
