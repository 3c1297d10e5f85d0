package dev.foldback.cli.output;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.moment.MomentSummary;
import dev.foldback.core.restore.RestorePlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a restore is about to do. */
final class PlanText {
  private PlanText() {}

  static String of(RestorePlan plan, String target, Style style, Clock clock) {
    StringBuilder text = new StringBuilder();
    var snapshot = plan.snapshot();
    Listings.line(text, "restore", style.bold(snapshot.id().value()) + " of " + snapshot.source());
    Listings.line(
        text,
        "taken",
        Words.time(snapshot.started(), clock.getZone())
            + ", "
            + Words.age(snapshot.started(), clock.instant())
            + ", at "
            + snapshot.position().text());
    plan.moment().ifPresent(moment -> moment(text, moment, clock));
    Listings.line(text, "to", Words.safe(target));
    Listings.line(
        text,
        "rows",
        Words.count(plan.rows())
            + " in "
            + Words.count(plan.load().tables().size(), "table")
            + ", "
            + Words.bytes(plan.rowBytes()));
    Listings.line(text, "objects", objects(plan.load().objects()));
    if (!plan.load().loaded().isEmpty()) {
      Listings.line(
          text,
          "resumes",
          Words.count(plan.load().loaded().size(), "table") + " finished by an earlier run");
    }
    renames(plan).forEach(rename -> Listings.line(text, "rename", Words.safe(rename)));
    // Errors come with the refusal that they lead to.
    plan.load().findings().stream()
        .filter(f -> f.severity() != Finding.Severity.ERROR)
        .forEach(f -> text.append(Findings.text(f, style)).append('\n'));
    return text.toString();
  }

  private static void moment(StringBuilder text, MomentSummary moment, Clock clock) {
    Listings.line(
        text,
        "log",
        Words.bytes(moment.logBytes())
            + ", "
            + Words.count(moment.transactions(), "transaction")
            + (moment.statements() == 0
                ? ""
                : ", " + Words.count(moment.statements(), "statement") + " of DDL and the like")
            + " to fold");
    String last =
        moment
            .last()
            .map(
                t ->
                    Words.time(t.committed(), clock.getZone())
                        + (t.id().isEmpty() ? "" : ", " + t.id()))
            .orElse("the snapshot's own moment: no transaction follows it");
    Listings.line(text, "moment", last + moment.end().map(place -> ", up to " + place).orElse(""));
  }

  private static String objects(List<SchemaObject> objects) {
    Map<String, Long> kinds =
        objects.stream()
            .collect(
                Collectors.groupingBy(SchemaObject::kind, TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(e -> Words.count(e.getValue()) + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<String> renames(RestorePlan plan) {
    List<String> lines = new ArrayList<>();
    plan.options().renames().schemas().forEach((from, to) -> lines.add(from + " to " + to));
    plan.options().renames().tables().forEach((from, to) -> lines.add(from + " to " + to));
    return lines.stream().sorted().toList();
  }
}
