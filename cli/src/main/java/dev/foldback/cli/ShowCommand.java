package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.restore.SnapshotChoice;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Shows one snapshot: its tables with rows and bytes, findings and proof.")
final class ShowCommand extends FoldbackCommand {
  @Parameters(paramLabel = "SNAPSHOT", description = "An id from 'foldback list', or latest.")
  String snapshot = "";

  @Mixin RepositoryOptions repository = new RepositoryOptions();

  @Option(names = "--name", paramLabel = "N", description = "The source, for latest.")
  @Nullable String name;

  ShowCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback show latest --repo /backups/shop";
  }

  @Override
  Set<ExitStatus> statuses() {
    return STORED;
  }

  @Override
  ExitStatus run(Printer printer) {
    Optional<SnapshotId> id = id(snapshot);
    try (Repository opened = openWithoutKey(place(repository, name), printer)) {
      SnapshotListing listing = opened.snapshots();
      SnapshotManifest manifest =
          SnapshotChoice.choose(listing, text(name).map(SourceName::new), id);
      SnapshotListing.Entry entry =
          listing.entries().stream()
              .filter(e -> e.manifest().equals(manifest))
              .findFirst()
              .orElseThrow();
      printer.shown(entry, opened.tables(manifest.id()));
    }
    return ExitStatus.OK;
  }

  @Override
  boolean printsOneDocument() {
    return true;
  }

  /** Empty for the newest. */
  static Optional<SnapshotId> id(@Nullable String text) {
    return text == null || text.equals("latest")
        ? Optional.empty()
        : Optional.of(new SnapshotId(text));
  }
}
