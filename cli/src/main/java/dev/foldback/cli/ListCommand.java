package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists every snapshot: of when, how big, proven or not, at which position.")
final class ListCommand extends FoldbackCommand {
  @Mixin RepositoryOptions repository = new RepositoryOptions();

  ListCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback list --repo /backups/shop --json";
  }

  @Override
  ExitStatus run(Printer printer) {
    try (Repository opened = open(repository, printer)) {
      SnapshotListing listing = opened.snapshots();
      printer.listed(listing);
      return listing.damaged().isEmpty() ? ExitStatus.OK : ExitStatus.DAMAGE;
    }
  }
}
