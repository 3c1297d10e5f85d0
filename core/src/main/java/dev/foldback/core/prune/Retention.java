package dev.foldback.core.prune;

import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides by a policy alone, with no store at hand. Whatever the policy says, the newest snapshot
 * of a source stays, the last one that was verified, what a kept stretch of log begins from, and
 * what bears a time that has not come yet.
 */
final class Retention {
  private final RetentionPolicy policy;
  private final Instant now;

  Retention(RetentionPolicy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /** Snapshots and segments of any number of sources, in any order. */
  Decisions decide(List<Entry> entries, List<LogSegment> segments) {
    Map<SourceName, List<Entry>> snapshots = new TreeMap<>();
    Map<SourceName, List<LogSegment>> logs = new TreeMap<>();
    for (Entry entry : entries) {
      snapshots.computeIfAbsent(entry.manifest().source(), _ -> new ArrayList<>()).add(entry);
    }
    for (LogSegment segment : segments) {
      logs.computeIfAbsent(segment.source(), _ -> new ArrayList<>()).add(segment);
    }
    List<SnapshotDecision> ofSnapshots = new ArrayList<>();
    List<LogDecision> ofLogs = new ArrayList<>();
    snapshots.forEach(
        (source, all) -> {
          SourceHistory history = new SourceHistory(all, now);
          Reasons reasons = new Reasons();
          keepByRules(history, reasons);
          List<LogSegment> log = logs.getOrDefault(source, List.of());
          ofLogs.addAll(new LogRetention(policy.log(), now, history, reasons).decide(log));
          history.all().forEach(entry -> ofSnapshots.add(reasons.decision(entry)));
        });
    // A log without any snapshot is one whose snapshots can't be seen, so nothing is decided on it.
    return new Decisions(ofSnapshots, ofLogs);
  }

  private void keepByRules(SourceHistory history, Reasons reasons) {
    history.future().forEach(e -> reasons.keep(e, "its time has not come yet: a clock was wrong"));
    for (List<Entry> order : history.orders()) {
      if (!order.isEmpty()) {
        reasons.keep(order.getLast(), "the newest of its source");
      }
      keepLast(order, reasons);
      keepNewestOf(order, Calendar.DAY, policy.daily(), reasons);
      keepNewestOf(order, Calendar.WEEK, policy.weekly(), reasons);
      keepNewestOf(order, Calendar.MONTH, policy.monthly(), reasons);
      keepNewestOf(order, Calendar.YEAR, policy.yearly(), reasons);
      keepVerified(order, reasons);
    }
    keepVerified(history.all(), reasons);
  }

  private void keepLast(List<Entry> order, Reasons reasons) {
    int from = Math.max(0, order.size() - policy.last());
    order
        .subList(from, order.size())
        .forEach(entry -> reasons.keep(entry, "one of the last " + policy.last()));
  }

  /** The newest buckets by name count, and in each the last of the order is its newest. */
  private static void keepNewestOf(List<Entry> order, Calendar part, int buckets, Reasons reasons) {
    TreeMap<Instant, String> newest = new TreeMap<>();
    Map<String, Entry> of = new TreeMap<>();
    for (Entry entry : order) {
      String bucket = part.of(entry.manifest().started());
      newest.put(entry.manifest().started(), bucket);
      of.put(bucket, entry);
    }
    newest.descendingMap().values().stream()
        .distinct()
        .limit(buckets)
        .forEach(
            bucket -> {
              Entry entry = of.get(bucket);
              if (entry != null) {
                reasons.keep(entry, "the newest of " + bucket);
              }
            });
  }

  /** Rows seen or restored prove more than bytes; a check that failed later takes the word back. */
  private static void keepVerified(List<Entry> order, Reasons reasons) {
    lastProven(order, "rows", true)
        .or(() -> lastProven(order, "bytes", true))
        .or(() -> lastProven(order, "rows", false))
        .or(() -> lastProven(order, "bytes", false))
        .ifPresent(e -> reasons.keep(e, "the last that was verified (" + kind(e) + ")"));
  }

  private static String kind(Entry entry) {
    return entry.strongest().map(Proof::kind).orElse("");
  }

  private static Optional<Entry> lastProven(List<Entry> order, String atLeast, boolean stillGood) {
    return order.reversed().stream()
        .filter(e -> Proof.strength(kind(e)) >= Proof.strength(atLeast))
        .filter(e -> !stillGood || e.proof().map(Proof::good).orElse(true))
        .findFirst();
  }
}
