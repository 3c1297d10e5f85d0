package dev.foldback.storage;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.store.FaultyStore;
import dev.foldback.testkit.store.ObjectStoreContract;

/** Without faults it is a store like any other: what tests see with faults is the faults' doing. */
class FaultyStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open(String name) {
    return new FaultyStore(new MemoryStore(name), FaultyStore.Faults.NONE, 1);
  }
}
