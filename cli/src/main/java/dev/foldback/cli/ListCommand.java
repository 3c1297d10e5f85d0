package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description =
        "Lists every snapshot, proven or not, and the moments that each source can be had back at.")
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
      Map<SourceName, LogListing> logs = new TreeMap<>();
      opened.logs().forEach(source -> logs.put(source, opened.log(source)));
      printer.listed(listing, logs);
      boolean whole =
          listing.damaged().isEmpty()
              && logs.values().stream().allMatch(l -> l.damaged().isEmpty());
      return whole ? ExitStatus.OK : ExitStatus.DAMAGE;
    }
  }
}
