package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedTest {
  private static final int AT_ONCE = 3;

  @Test
  void noMoreCallsThanAllowedAreInTheStoreAtOnceAndThatManyAre() throws Exception {
    Counting counting = new Counting();
    ObjectStore store = new Bounded(counting.proxy(), AT_ONCE);
    try (ExecutorService pool = Executors.newFixedThreadPool(12)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String key = "k/" + i;
        calls.add(
            pool.submit(
                () -> {
                  store.putIfAbsent(key, new byte[] {1});
                  assertThat(store.stat(key)).isPresent();
                  assertThat(store.get(key)).hasSize(1);
                  assertThat(store.get(key, 0, 1)).hasSize(1);
                  store.delete(key);
                }));
      }
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(counting.most.get()).isEqualTo(AT_ONCE);
  }

  @Test
  void aCallThatFailsGivesItsTurnBack() {
    ObjectStore store = new Bounded(new MemoryStore(UUID.randomUUID().toString()), 1);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> store.get("absent")).isInstanceOf(StoreException.class);
    }
    assertThat(store.putIfAbsent("a", new byte[1])).isEqualTo(PutOutcome.WRITTEN);
  }

  @Test
  void aListingMayCallTheStoreForEachObject() {
    ObjectStore store = new Bounded(new MemoryStore(UUID.randomUUID().toString()), 1);
    store.putIfAbsent("a", new byte[1]);
    store.list("", object -> store.delete(object.key()));
    assertThat(store.stat("a")).isEmpty();
  }

  @Test
  void whoIsInterruptedWhileWaitingForATurnStops() throws Exception {
    ObjectStore store = new Bounded(new MemoryStore(UUID.randomUUID().toString()), 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.stat("a"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("turn");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.stat("a")).isEmpty();
  }

  /** Counts the calls inside a store; the first ones wait for each other. */
  private static final class Counting implements InvocationHandler {
    final AtomicInteger most = new AtomicInteger();
    private final MemoryStore store = new MemoryStore(UUID.randomUUID().toString());
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch together = new CountDownLatch(AT_ONCE);

    ObjectStore proxy() {
      return (ObjectStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      together.countDown();
      boolean all = together.await(60, TimeUnit.SECONDS);
      Thread.sleep(all ? 1 : 0);
      try {
        return method.invoke(store, args);
      } finally {
        inside.decrementAndGet();
      }
    }
  }
}
