package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes and opens repositories. */
public final class Repositories {
  private Repositories() {}

  /**
   * Makes a repository in an empty place. Fails with {@code REPOSITORY_EXISTS} where there is one,
   * and with {@code KEY_FILE_EXISTS} before anything is written to the store.
   */
  public static RepositoryInfo init(ObjectStore store, InitOptions options) {
    refuseExisting(store);
    Instant now = options.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    List<String> recipients =
        options.keyFile().map(file -> List.of(KeyFile.create(file, id, now))).orElse(List.of());
    RepositoryFile file = new RepositoryFile(id, now, recipients);
    write(store, file, options.keyFile());
    return info(file, !recipients.isEmpty());
  }

  /**
   * Opens a repository. Without the key, a sealed one can be written to, listed, and verified byte
   * for byte; rows can't be read. Closing it leaves the store open.
   */
  public static Repository open(ObjectStore store, Optional<RecoveryKey> key, Clock clock) {
    return open(store, key, clock, LeaseTimes.DEFAULT);
  }

  static Repository open(
      ObjectStore store, Optional<RecoveryKey> key, Clock clock, LeaseTimes times) {
    RepositoryFile file = RepositoryFile.read(store);
    boolean canOpen =
        file.recipients().isEmpty() || key.map(k -> k.fits(file.recipients())).orElse(false);
    return new StoredRepository(store, file, info(file, canOpen), key, clock, times);
  }

  private static RepositoryInfo info(RepositoryFile file, boolean canOpen) {
    return new RepositoryInfo(file.id(), Json.VERSION, file.created(), file.recipients(), canOpen);
  }

  private static void refuseExisting(ObjectStore store) {
    AtomicInteger found = new AtomicInteger();
    if (store.stat(Keys.REPOSITORY).isEmpty()) {
      // Snapshots without their repository.json are still someone's backups.
      store.list(Keys.SNAPSHOTS, each -> found.incrementAndGet());
      if (found.get() == 0) {
        return;
      }
    }
    throw exists(store);
  }

  private static void write(ObjectStore store, RepositoryFile file, Optional<Path> keyFile) {
    boolean ours;
    try {
      ours =
          store.putIfAbsent(Keys.REPOSITORY, file.bytes()) == PutOutcome.WRITTEN
              || RepositoryFile.read(store).id().equals(file.id());
    } catch (StoreException e) {
      if (e.effect() == StoreException.Effect.NONE) {
        keyFile.ifPresent(KeyFile::remove);
      }
      // Otherwise the repository may exist now, and then only this key opens it: it stays.
      throw e;
    }
    if (!ours) {
      keyFile.ifPresent(KeyFile::remove);
      throw exists(store);
    }
  }

  private static FoldbackException exists(ObjectStore store) {
    return new FoldbackException(
        ErrorCode.REPOSITORY_EXISTS,
        store.describe() + " already holds a repository; it was not touched",
        "Use it as it is, or name another place.");
  }
}
