package dev.foldback.storage;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.util.Map;

class MemoryStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open(String name) {
    return Stores.open("memory:" + name, Map.of());
  }
}
