package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.store.ObjectStore;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Outcomes of checks, each a file of its own. The names sort by time, and those of good ones hold
 * the kind, so that a listing need not read them all.
 */
final class ProofFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final ObjectStore store;
  private final SecureRandom random = new SecureRandom();

  ProofFiles(ObjectStore store) {
    this.store = store;
  }

  void write(SourceName source, SnapshotId id, Proof proof) {
    String key =
        Keys.proofs(source, id)
            + TIME.format(proof.time())
            + "-"
            + HexFormat.of().toHexDigits((short) random.nextInt())
            + (proof.good() ? "-" + proof.kind() : "")
            + ".json";
    ObjectNode node =
        Json.file()
            .put("time", proof.time().toString())
            .put("kind", proof.kind())
            .put("good", proof.good())
            .put("detail", proof.detail());
    if (!proof.damagedObjects().isEmpty()) {
      node.set("damagedObjects", Json.texts(proof.damagedObjects()));
    }
    store.putIfAbsent(key, Json.checked(node));
  }

  /**
   * Objects that failed proofs name, of every source: they may share them. A later good proof of
   * the same snapshot that read its objects takes the failed ones' word away.
   */
  Set<String> damagedObjects() {
    Map<String, List<String>> folders = new ConcurrentHashMap<>();
    store.list(
        Keys.PROOFS,
        each ->
            folders.merge(
                each.key().substring(0, each.key().lastIndexOf('/') + 1),
                List.of(each.key()),
                ProofFiles::joined));
    Set<String> damaged = new HashSet<>();
    for (List<String> keys : folders.values()) {
      String good =
          keys.stream()
              .filter(key -> Proof.strength(goodKind(key)) >= Proof.strength("bytes"))
              .max(Comparator.naturalOrder())
              .orElse("");
      keys.stream()
          .filter(key -> key.compareTo(good) > 0 && goodKind(key).isEmpty())
          .forEach(key -> read(key).ifPresent(proof -> damaged.addAll(proof.damagedObjects())));
    }
    return damaged;
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  /** The keys of what a listing shows of one snapshot. */
  record Shown(String newest, String strongest) {
    private static final Comparator<String> STRENGTH =
        Comparator.comparingInt((String key) -> Proof.strength(goodKind(key)))
            .thenComparing(key -> key);

    private Shown and(Shown other) {
      return new Shown(
          newest.compareTo(other.newest) >= 0 ? newest : other.newest,
          STRENGTH.compare(strongest, other.strongest) >= 0 ? strongest : other.strongest);
    }
  }

  /** The newest and the strongest proof of each snapshot, by the folder of its proofs. */
  Map<String, Shown> shown() {
    Map<String, Shown> shown = new ConcurrentHashMap<>();
    store.list(
        Keys.PROOFS,
        each -> {
          String folder = each.key().substring(0, each.key().lastIndexOf('/') + 1);
          shown.merge(folder, new Shown(each.key(), each.key()), Shown::and);
        });
    return shown;
  }

  /** The kind in the name of a good proof's file; empty in others. */
  private static String goodKind(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String[] parts = name.split("[-.]", -1);
    return parts.length == 4 ? parts[2] : "";
  }

  /** Empty where it can't be read: a proof that is damaged proves nothing. */
  Optional<Proof> read(String key) {
    try {
      Fields f = Json.checked(store.get(key), key);
      return Optional.of(
          new Proof(
              f.instant("time"),
              f.text("kind"),
              f.flag("good"),
              f.text("detail"),
              f.has("damagedObjects") ? f.texts("damagedObjects") : List.of()));
    } catch (FoldbackException e) {
      return Optional.empty();
    }
  }
}
