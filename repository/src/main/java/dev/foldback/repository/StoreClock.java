package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoredObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** The store's own time. Ages of files are told by it alone: hosts' clocks jump. */
final class StoreClock {
  static final String PREFIX = Keys.PRUNE + "clock-";

  private final ObjectStore store;
  private final SecureRandom random = new SecureRandom();

  StoreClock(ObjectStore store) {
    this.store = store;
  }

  /** Writes a small file and asks when that was; empty where the store tells no times. */
  Optional<Instant> now() {
    byte[] token = new byte[8];
    random.nextBytes(token);
    String key = PREFIX + HexFormat.of().formatHex(token);
    var _ = store.putIfAbsent(key, token);
    Optional<Instant> now = store.stat(key).flatMap(StoreClock::time);
    store.delete(key);
    return now;
  }

  /** When a file was written, by the store's clock; empty where it is gone or tells no time. */
  Optional<Instant> written(String key) {
    return store.stat(key).flatMap(StoreClock::time);
  }

  static Optional<Instant> time(StoredObject object) {
    return object.modified().equals(Instant.EPOCH)
        ? Optional.empty()
        : Optional.of(object.modified());
  }

  /** Whether a file is that old. */
  static boolean isOld(Optional<Instant> written, Duration age, Instant now) {
    return written.filter(time -> !time.plus(age).isAfter(now)).isPresent();
  }
}
