package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.store.EventuallyConsistentStore;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All but its listings is as the port says, and they are when they have settled. */
class EventuallyConsistentStoreTest extends ObjectStoreContract {
  private static final long SEED = Seed.next();

  @Override
  protected ObjectStore open(String name) {
    EventuallyConsistentStore store =
        new EventuallyConsistentStore(new MemoryStore(name), 1000, false, SEED);
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) -> {
              if (method.getName().equals("list")) {
                store.settle();
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void listingsLagUntilTheySettle() {
    try (EventuallyConsistentStore store =
        new EventuallyConsistentStore(new MemoryStore("lag" + SEED), 1_000_000, false, SEED)) {
      for (int i = 0; i < 20; i++) {
        store.putIfAbsent("a/" + i, new byte[i]);
      }
      assertThat(keys(store)).as("seed %d", SEED).hasSizeLessThan(20);
      assertThat(store.get("a/19")).hasSize(19);
      store.settle();
      assertThat(keys(store)).hasSize(20);
      store.delete("a/7");
      assertThat(store.stat("a/7")).isEmpty();
      assertThat(keys(store)).as("seed %d", SEED).contains("a/7");
      store.settle();
      assertThat(keys(store)).hasSize(19);
    }
  }

  private static List<String> keys(ObjectStore store) {
    List<String> keys = new ArrayList<>();
    store.list("a/", each -> keys.add(each.key()));
    return keys;
  }
}
