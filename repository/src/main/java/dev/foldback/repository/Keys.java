package dev.foldback.repository;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of everything in a repository; see docs/format.md, "Keys". */
final class Keys {
  static final String REPOSITORY = "repository.json";
  static final String OBJECTS = "objects/";
  static final String SNAPSHOTS = "snapshots/";
  static final String PROOFS = "proofs/";
  static final String PENDING = "pending/";
  static final String CLAIMS = "claims/";
  static final String LOG = "log/";
  static final String SEGMENT_CLAIMS = CLAIMS + "_log/";
  static final String BEGINS = "begins-";
  static final String PRUNE = "prune/";

  private static final Pattern SEGMENT_CLAIM =
      Pattern.compile(SEGMENT_CLAIMS + "([^/]+)/([0-9]{1,18})-[0-9a-f]+\\.json");

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
    return LOG + source + "/";
  }

  static String segment(SourceName source, long number) {
    return log(source) + digits(number);
  }

  /** Says that prunes dropped what comes before this number. */
  static String logBegins(SourceName source, long number) {
    return log(source) + BEGINS + digits(number);
  }

  static boolean isLogBegins(String key) {
    return key.contains("/" + BEGINS);
  }

  /** The leases of prune, where no source can have its own: names have no such first letter. */
  static String pruneLeases() {
    return "leases/_prune/";
  }

  static String claim(SourceName source, SnapshotId id) {
    return CLAIMS + source + "/" + id + ".json";
  }

  /**
   * @param token tells the claims of several runs for one number apart
   */
  static String segmentClaim(SourceName source, long number, String token) {
    return SEGMENT_CLAIMS + source + "/" + number + "-" + token + ".json";
  }

  /** The segment that a claim is for; empty where the key is none of a claim. */
  static Optional<String> claimed(String segmentClaim) {
    Matcher claim = SEGMENT_CLAIM.matcher(segmentClaim);
    return claim.matches()
        ? Optional.of(LOG + claim.group(1) + "/" + digits(Long.parseLong(claim.group(2))))
        : Optional.empty();
  }

  /** Ten digits, so that names sort as numbers do. */
  private static String digits(long number) {
    return String.format(Locale.ROOT, "%010d", number) + ".json";
  }
}
