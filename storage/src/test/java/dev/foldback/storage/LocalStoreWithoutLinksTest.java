package dev.foldback.storage;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a file system that has no hard links. */
class LocalStoreWithoutLinksTest extends ObjectStoreContract {
  @TempDir Path folder;

  @Override
  protected ObjectStore open(String name) {
    return new LocalStore(folder.resolve(name), InstantSource.system(), false);
  }
}
