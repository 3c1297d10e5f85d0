package dev.foldback.repository;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.store.ObjectStore;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Outcomes of checks, each a file of its own; the names sort by time. */
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
            + ".json";
    store.putIfAbsent(
        key,
        Json.checked(
            Json.file()
                .put("time", proof.time().toString())
                .put("kind", proof.kind())
                .put("good", proof.good())
                .put("detail", proof.detail())));
  }

  /** The key of the newest proof of each snapshot, by the folder of its proofs. */
  Map<String, String> newest() {
    Map<String, String> newest = new ConcurrentHashMap<>();
    store.list(
        Keys.PROOFS,
        each -> {
          String folder = each.key().substring(0, each.key().lastIndexOf('/') + 1);
          newest.merge(folder, each.key(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        });
    return newest;
  }

  /** Empty where it can't be read: a proof that is damaged proves nothing. */
  Optional<Proof> read(String key) {
    try {
      Fields f = Json.checked(store.get(key), key);
      return Optional.of(
          new Proof(f.instant("time"), f.text("kind"), f.flag("good"), f.text("detail")));
    } catch (FoldbackException e) {
      return Optional.empty();
    }
  }
}
