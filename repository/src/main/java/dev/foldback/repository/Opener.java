package dev.foldback.repository;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Fetches, checks and opens objects with the recovery key, where one is needed. */
final class Opener {
  private final ObjectStore store;
  private final boolean sealed;
  private final List<RecipientStanzaReader> identities;

  private Opener(ObjectStore store, boolean sealed, List<RecipientStanzaReader> identities) {
    this.store = store;
    this.sealed = sealed;
    this.identities = identities;
  }

  /** Fails with {@code KEY_NEEDED} or {@code WRONG_KEY} where the key at hand opens nothing. */
  static Opener of(ObjectStore store, RepositoryFile file, Optional<RecoveryKey> key) {
    if (file.recipients().isEmpty()) {
      return new Opener(store, false, List.of());
    }
    RecoveryKey given =
        key.orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.KEY_NEEDED,
                    "this repository is sealed; reading rows needs its recovery key, the one of "
                        + String.join(" or ", file.recipients()),
                    "Give the key file with --key-file or FOLDBACK_KEY_FILE."));
    if (!given.fits(file.recipients())) {
      throw new FoldbackException(
          ErrorCode.WRONG_KEY,
          "the key given belongs to "
              + String.join(", ", given.recipients())
              + ", but the repository is sealed to "
              + String.join(" or ", file.recipients()),
          "Give the key file whose 'public key' line names one of these.");
    }
    return new Opener(store, true, given.readers());
  }

  Payload load(String object, long bytes, String whose) {
    return open(object, StoredBytes.fetch(store, object, bytes, whose));
  }

  Payload open(String object, byte[] stored) {
    return sealed ? Envelope.open(object, stored, identities) : new Payload(stored, stored.length);
  }
}
