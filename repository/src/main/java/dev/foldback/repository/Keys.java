package dev.foldback.repository;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import java.util.Locale;

/** The keys of everything in a repository; see docs/format.md, "Keys". */
final class Keys {
  static final String REPOSITORY = "repository.json";
  static final String OBJECTS = "objects/";
  static final String SNAPSHOTS = "snapshots/";
  static final String PROOFS = "proofs/";
  static final String LOGS = "log/";

  private Keys() {}

  static String object(String name) {
    return OBJECTS + name.substring(0, 2) + "/" + name;
  }

  static String snapshots(SourceName source) {
    return SNAPSHOTS + source + "/";
  }

  static String manifest(SourceName source, SnapshotId id) {
    return snapshots(source) + id + ".json";
  }

  static String proofs(SourceName source, SnapshotId id) {
    return PROOFS + source + "/" + id + "/";
  }

  static String pending(SourceName source) {
    return "pending/" + source + "/";
  }

  static String pending(SourceName source, String object) {
    return pending(source) + object + ".json";
  }

  static String leases(SourceName source) {
    return "leases/" + source + "/";
  }

  /** For capturing the log, which may run beside a backup. */
  static String logLeases(SourceName source) {
    return leases(source) + "log/";
  }

  static String lease(SourceName source, long epoch) {
    return lease(leases(source), epoch);
  }

  /**
   * @param leases {@link #leases} or {@link #logLeases}
   */
  static String lease(String leases, long epoch) {
    return leases + epoch + ".json";
  }

  static String log(SourceName source) {
    return LOGS + source + "/";
  }

  /** Ten digits, so that names sort as numbers do. */
  static String segment(SourceName source, long number) {
    return log(source) + String.format(Locale.ROOT, "%010d", number) + ".json";
  }
}
