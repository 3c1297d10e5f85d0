package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.Finding;
import dev.foldback.core.SourceName;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import java.util.Map;
import java.util.Set;
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
  Set<ExitStatus> statuses() {
    return STORED;
  }

  @Override
  ExitStatus run(Printer printer) {
    try (Repository opened = openWithoutKey(place(repository, null), printer)) {
      SnapshotListing listing = opened.snapshots();
      Map<SourceName, LogListing> logs = new TreeMap<>();
      opened.logs().forEach(source -> logs.put(source, opened.log(source)));
      printer.listed(listing, logs);
      boolean damage =
          listing.damaged().stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR)
              || logs.values().stream().anyMatch(l -> !l.damaged().isEmpty());
      return damage ? ExitStatus.DAMAGE : ExitStatus.OK;
    }
  }

  @Override
  boolean printsOneDocument() {
    return true;
  }
}
