package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What says for the time of a segment's commit that its objects are needed; see {@link Condemned}.
 */
final class SegmentClaim {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ObjectStore store;
  private final String key;

  private SegmentClaim(ObjectStore store, String key) {
    this.store = store;
    this.key = key;
  }

  /**
   * Empty where no object is needed. Fails with {@code OBJECTS_CONDEMNED} where a prune may be
   * deleting one that is.
   */
  static Optional<SegmentClaim> make(
      ObjectStore store, Condemned condemned, StoredSegment segment, byte[] manifest) {
    if (segment.objects().isEmpty()) {
      return Optional.empty();
    }
    byte[] token = new byte[8];
    RANDOM.nextBytes(token);
    SourceName source = segment.summary().source();
    String key =
        Keys.segmentClaim(source, segment.summary().number(), HexFormat.of().formatHex(token));
    SegmentClaim claim = new SegmentClaim(store, key);
    var _ = store.putIfAbsent(key, manifest);
    try {
      condemned.requireSpared(segment.objects());
    } catch (FoldbackException e) {
      if (e.code() == ErrorCode.OBJECTS_CONDEMNED) {
        claim.delete();
      }
      throw e;
    }
    return Optional.of(claim);
  }

  /**
   * To be called once the manifest is there. Captures commit often, so the claim goes at once, but
   * where a listing might not show the manifest yet. Where a commit's outcome is not known it
   * stays.
   */
  void served() {
    if (store.capabilities().consistentList()) {
      delete();
    }
  }

  private void delete() {
    try {
      store.delete(key);
    } catch (StoreException e) {
      // Commit or refusal stand as they are; a prune removes the claim later.
    }
  }
}
