package dev.foldback.repository;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Opened payloads, so that an object that many small tables share is fetched once, and the next
 * object is on its way while one is read. Holds a bounded number of bytes, the least recently used
 * go first; what a reader still holds of them lives on with the reader.
 */
final class PayloadCache implements AutoCloseable {
  private static final int PARALLEL = 4;
  private static final long LEAST = 48L << 20;

  private final long budget = Math.max(LEAST, Runtime.getRuntime().maxMemory() / 5);
  private final Loader loader;
  private final ExecutorService pool = StoreThreads.pool("fetch", PARALLEL);
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  interface Loader {
    Payload load(String object, long bytes);
  }

  private record Entry(Future<Payload> payload, long bytes) {}

  PayloadCache(Loader loader) {
    this.loader = loader;
  }

  Payload get(String object, long bytes) {
    Future<Payload> task = ask(object, bytes);
    try {
      return StoreThreads.get(task);
    } catch (RuntimeException | Error e) {
      // A passing failure must not be remembered.
      forget(object, task);
      throw e;
    }
  }

  /** Begins to fetch an object that will be needed, where there is room for it. */
  void prefetch(String object, long bytes) {
    synchronized (entries) {
      if (entries.containsKey(object) || held + bytes > budget) {
        return;
      }
    }
    var _ = ask(object, bytes);
  }

  private Future<Payload> ask(String object, long bytes) {
    synchronized (entries) {
      Entry known = entries.get(object);
      if (known == null) {
        known = new Entry(pool.submit(() -> loader.load(object, bytes)), bytes);
        entries.put(object, known);
        held += bytes;
        evict(object);
      }
      return known.payload;
    }
  }

  private void evict(String keep) {
    Iterator<Map.Entry<String, Entry>> eldest = entries.entrySet().iterator();
    while (held > budget && eldest.hasNext()) {
      Map.Entry<String, Entry> next = eldest.next();
      if (!next.getKey().equals(keep) && next.getValue().payload.isDone()) {
        held -= next.getValue().bytes;
        eldest.remove();
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // The very same task is meant.
  private void forget(String object, Future<Payload> task) {
    synchronized (entries) {
      Entry known = entries.get(object);
      if (known != null && known.payload == task) {
        entries.remove(object);
        held -= known.bytes;
      }
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
