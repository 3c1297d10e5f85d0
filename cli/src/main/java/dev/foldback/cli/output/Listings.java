package dev.foldback.cli.output;

import dev.foldback.core.Selection;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.TableSummary;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What there is, for a person who needs it at night. */
final class Listings {
  private Listings() {}

  static String list(SnapshotListing listing, Style style, Clock clock) {
    if (listing.entries().isEmpty() && listing.damaged().isEmpty()) {
      return "No snapshot yet. Take one: foldback backup mysql://user@host --repo …\n";
    }
    StringBuilder text = new StringBuilder();
    if (!listing.entries().isEmpty()) {
      Grid grid =
          new Grid(
              "SNAPSHOT",
              "SOURCE",
              "TIME",
              "AGE",
              "WAY",
              ">TABLES",
              ">ROWS",
              ">SIZE",
              ">STORED",
              ">NEW",
              "STATE",
              "SERVER",
              "POSITION");
      listing.entries().forEach(entry -> row(grid, entry, clock));
      text.append(grid.text());
    }
    listing.damaged().forEach(finding -> text.append(Findings.text(finding, style)).append('\n'));
    return text.toString();
  }

  private static void row(Grid grid, SnapshotListing.Entry entry, Clock clock) {
    SnapshotManifest m = entry.manifest();
    grid.row(
        m.id().value(),
        m.source().value(),
        Words.time(m.started(), clock.getZone()),
        Words.age(m.started(), clock.instant()),
        m.origin().map(o -> Words.safe(o.way())).orElse("-"),
        Words.count(m.tables()),
        Words.count(m.rows()),
        Words.bytes(m.rowBytes()),
        Words.bytes(m.storedBytes()),
        Words.bytes(m.newBytes()),
        state(entry, clock),
        m.server().version(),
        m.position().text());
  }

  private static String state(SnapshotListing.Entry entry, Clock clock) {
    String state = Terms.state(entry);
    String partial = entry.manifest().selection().isEverything() ? "" : ", partial";
    return entry
            .proof()
            .map(p -> state + " " + p.kind() + " " + Words.age(p.time(), clock.instant()))
            .orElse(state)
        + hidden(entry)
            .map(p -> ", " + p.kind() + " " + Words.age(p.time(), clock.instant()))
            .orElse("")
        + partial;
  }

  /** A stronger proof that the newest one would hide. */
  private static Optional<Proof> hidden(SnapshotListing.Entry entry) {
    return entry
        .strongest()
        .filter(
            strongest ->
                entry
                    .proof()
                    .map(
                        newest ->
                            !newest.good()
                                || Proof.strength(strongest.kind()) > Proof.strength(newest.kind()))
                    .orElse(true));
  }

  static String show(
      SnapshotListing.Entry entry, List<TableSummary> tables, Style style, Clock clock) {
    SnapshotManifest m = entry.manifest();
    StringBuilder text = new StringBuilder();
    line(text, "snapshot", style.bold(m.id().value()));
    line(text, "source", m.source().value());
    line(
        text,
        "taken",
        Words.time(m.started(), clock.getZone())
            + " ("
            + clock.getZone()
            + "), "
            + Words.age(m.started(), clock.instant()));
    m.origin()
        .ifPresent(o -> line(text, "way", Words.safe(o.way()) + ": " + Words.safe(o.reason())));
    line(text, "position", m.position().text());
    line(text, "consistent", m.method());
    line(text, "server", m.server().family() + " " + m.server().version());
    line(text, "selection", selection(m.selection()));
    line(
        text,
        "rows",
        Words.count(m.rows())
            + " in "
            + Words.count(m.tables(), "table")
            + ", "
            + Words.bytes(m.rowBytes()));
    line(
        text,
        "stored",
        Words.bytes(m.storedBytes()) + ", of which new " + Words.bytes(m.newBytes()));
    line(text, "state", proof(entry, style, clock));
    hidden(entry).ifPresent(stronger -> line(text, "", proof(stronger, style, clock)));
    m.checks().forEach(check -> line(text, "checked", check));
    m.findings().forEach(f -> text.append(Findings.text(f, style)).append('\n'));
    Grid grid = new Grid("TABLE", ">ROWS", ">SIZE");
    tables.forEach(
        t -> grid.row(t.name().toString(), Words.count(t.rows()), Words.bytes(t.rowBytes())));
    return text.append('\n').append(grid.text()).toString();
  }

  private static String proof(SnapshotListing.Entry entry, Style style, Clock clock) {
    if (entry.proof().isEmpty()) {
      return "unproven: run 'foldback verify', or restore it";
    }
    return proof(entry.proof().get(), style, clock);
  }

  private static String proof(Proof proof, Style style, Clock clock) {
    String word = proof.good() ? style.green("proven") : style.red("FAILED");
    return word
        + " "
        + Words.age(proof.time(), clock.instant())
        + ": "
        + Terms.kind(proof.kind())
        + (proof.detail().isEmpty() ? "" : ", " + proof.detail());
  }

  static String selection(Selection selection) {
    if (selection.isEverything()) {
      return "everything";
    }
    String include =
        selection.include().isEmpty() ? "everything" : String.join(", ", selection.include());
    return selection.exclude().isEmpty()
        ? include
        : include + " without " + String.join(", ", selection.exclude());
  }

  static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-11s", name)).append(value).append('\n');
  }
}
