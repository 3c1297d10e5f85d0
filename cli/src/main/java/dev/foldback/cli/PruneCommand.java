package dev.foldback.cli;

import dev.foldback.cli.config.Quantities;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.prune.Prune;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.RetentionPolicy;
import dev.foldback.core.repository.Repository;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = {
      "Deletes what no rule keeps, having said what it keeps and deletes, and why.",
      "A snapshot is kept where any rule keeps it. The newest of each source stays whatever the"
          + " rules say, and so does the last one that was verified. Days, weeks (ISO), months and"
          + " years are those of UTC, and only those that have a snapshot count.",
      "Objects that nothing refers to any more go with a later prune, after the grace period, so"
          + " that backups and restores under way are not harmed."
    })
final class PruneCommand extends FoldbackCommand {
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N snapshots.")
  int last;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N days.")
  int daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N weeks.")
  int weekly;

  @Option(
      names = "--keep-monthly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N months.")
  int monthly;

  @Option(
      names = "--keep-yearly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N years.")
  int yearly;

  @Option(
      names = "--keep-log",
      paramLabel = "TIME",
      description =
          "Keep every moment of so long a time within reach, such as 14d; without it, all log that"
              + " follows a kept snapshot stays.")
  @Nullable String log;

  @Option(names = "--name", paramLabel = "SOURCE", description = "Only this source.")
  @Nullable String name;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "How long an object that nothing refers to stays, 24h if left out: longer than any"
              + " restore takes.")
  @Nullable String grace;

  @Option(names = "--dry-run", description = "Say it all and delete nothing.")
  boolean dryRun;

  PruneCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback prune --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --keep-log 14d"
        + " --repo /backups/shop";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.complementOf(EnumSet.of(ExitStatus.SERVER, ExitStatus.INCOMPLETE));
  }

  @Override
  ExitStatus run(Printer printer) {
    RetentionPolicy policy =
        new RetentionPolicy(last, daily, weekly, monthly, yearly, time("--keep-log", log));
    Optional<SourceName> source = text(name).map(SourceName::new);
    PruneOptions options =
        new PruneOptions(time("--grace", grace).orElse(PruneOptions.USUAL_GRACE), dryRun);
    try (Repository opened = openWithoutKey(place(repository, name), printer)) {
      Prune prune = new Prune(opened, environment.clock());
      watched(printer, progress -> prune.run(policy, source, options, printer::planned, progress))
          .ifPresent(swept -> printer.pruned(swept, options));
      return ExitStatus.OK;
    }
  }

  private static Optional<Duration> time(String option, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<Duration> time = Quantities.longDuration(value);
    if (time.isEmpty()) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          option + " can't be '" + value + "'; nothing was deleted",
          "Write a time such as 14d, 36h or 2w.");
    }
    return time;
  }
}
