package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.restore.SnapshotChoice;
import dev.foldback.core.verify.Verify;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = {
      "Checks that backups are whole: every stored byte, and with the key every row.",
      "Damage is named with the tables and snapshots that it touches."
    })
final class VerifyCommand extends FoldbackCommand {
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "Only what this snapshot needs; an id, or latest.")
  @Nullable String snapshot;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "The source, for --snapshot latest where the repository holds several.")
  @Nullable String name;

  @Option(names = "--quick", description = "Structure and presence only; needs no key.")
  boolean quick;

  @Option(names = "--threads", paramLabel = "N", description = "How many objects to read at once.")
  @Nullable Integer threads;

  VerifyCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback verify --repo /backups/shop --key-file ~/shop.key";
  }

  @Override
  Set<ExitStatus> statuses() {
    return STORED;
  }

  @Override
  ExitStatus run(Printer printer) {
    Optional<SnapshotId> id = ShowCommand.id(snapshot);
    int many = threads(threads, null);
    if (name != null && snapshot == null) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--name goes with --snapshot; without it every snapshot of the repository is checked",
          "Add --snapshot latest, or leave --name out.");
    }
    Optional<SourceName> source = text(name).map(SourceName::new);
    Settings.RepositoryPlace place = place(repository, name);
    try (Repository opened = quick ? openWithoutKey(place, printer) : open(place, printer)) {
      Optional<SnapshotId> chosen =
          snapshot == null
              ? Optional.empty()
              : Optional.of(SnapshotChoice.choose(opened.snapshots(), source, id).id());
      VerifyRequest request = new VerifyRequest(chosen, quick, many);
      Verify verify = new Verify(opened, environment.clock());
      VerifyReport report = watched(printer, progress -> verify.run(request, progress));
      printer.verified(report, opened.info());
      return report.good() ? ExitStatus.OK : ExitStatus.DAMAGE;
    }
  }
}
