package dev.foldback.cli.output;

import dev.foldback.core.Finding;
import dev.foldback.core.repository.SnapshotListing;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words that text and JSON share. */
final class Terms {
  private static final Pattern MANIFEST =
      Pattern.compile("(?:([a-z0-9][a-z0-9._-]*)/)?([0-9]{8}T[0-9]{6}Z-[0-9a-f]{4})");

  private Terms() {}

  /** {@code proven}, {@code failed} or {@code unproven}. */
  static String state(SnapshotListing.Entry entry) {
    return entry.proof().map(proof -> proof.good() ? "proven" : "failed").orElse("unproven");
  }

  static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  /** What a proof's kind means to a person. */
  static String kind(String kind) {
    return switch (kind) {
      case "presence" -> "every object is there";
      case "bytes" -> "every stored byte read and hashed";
      case "rows" -> "every row opened and hashed";
      case "restore" -> "restored and compared";
      default -> kind;
    };
  }

  /** Which snapshot a damaged manifest was, as far as its key tells. */
  static Place place(String subject) {
    Matcher match = MANIFEST.matcher(subject);
    return match.find() ? new Place(match.group(1), match.group(2)) : new Place(null, null);
  }

  record Place(@Nullable String source, @Nullable String id) {}
}
