package dev.foldback.repository;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;

/** The keys of everything in a repository; see docs/format.md, "Keys". */
final class Keys {
  static final String REPOSITORY = "repository.json";
  static final String OBJECTS = "objects/";
  static final String SNAPSHOTS = "snapshots/";
  static final String PROOFS = "proofs/";
  static final String PENDING = "pending/";
  static final String CLAIMS = "claims/";
  static final String LOG = "log/";
  static final String PRUNE = "prune/";

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
    return PENDING + source + "/";
  }

  static String pending(SourceName source, String object) {
    return pending(source) + object + ".json";
  }

  static String leases(SourceName source) {
    return "leases/" + source + "/";
  }

  static String lease(SourceName source, long epoch) {
    return leases(source) + epoch + ".json";
  }

  /** The leases of prune, where no source can have its own: names have no such first letter. */
  static String pruneLeases() {
    return "leases/_prune/";
  }

  static String claim(SourceName source, SnapshotId id) {
    return CLAIMS + source + "/" + id + ".json";
  }
}
