package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.opendal.OpenDALException;

/**
 * Waits for OpenDAL's answers, but not for ever: it has no time limit of its own. A call gets half
 * a minute, and for what it carries ten times as long as the slowest transfer so far. Each call
 * that gets no answer in that time makes the next ones wait longer, in case the way grew slower.
 */
final class OpenDalCalls implements AutoCloseable {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final long FLOOR_BYTES_A_SECOND = 64 * 1024;
  private static final int MEASURED_FROM_BYTES = 2 << 20;

  private final OpenDalErrors errors;
  private final long silence;

  /** Bytes a second; 0 while none was measured. */
  private final AtomicLong slowest = new AtomicLong();

  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  OpenDalCalls(OpenDalErrors errors, Duration patience) {
    this.errors = errors;
    this.silence = Math.min(patience.toNanos() / 4, LONGEST_SILENCE.toNanos());
  }

  /**
   * Starts a call; a closed native handle would bring the whole process down, so that is held off.
   */
  <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call, String what) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(
            Kind.UNSUPPORTED, Effect.NONE, "Can't " + what + ": the store was closed", "", null);
      }
      return call.get();
    } finally {
      open.readLock().unlock();
    }
  }

  <T> T await(Supplier<CompletableFuture<T>> call, String what, Effect effect, int bytes) {
    long start = System.nanoTime();
    T result = result(start(call, what), what, effect, bytes);
    if (bytes >= MEASURED_FROM_BYTES) {
      long rate = (long) (bytes * 1e9 / Math.max(1, System.nanoTime() - start));
      slowest.accumulateAndGet(rate, (known, now) -> known == 0 ? now : Math.min(known, now));
    }
    return result;
  }

  /**
   * The call's result.
   *
   * @param effect what is known where no answer comes
   * @param bytes on their way; more take longer
   */
  <T> T result(CompletableFuture<T> call, String what, Effect effect, int bytes) {
    try {
      return call.get(allowed(bytes), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OpenDALException failure) {
        throw failure;
      }
      throw new IllegalStateException("OpenDAL failed without saying how", e);
    } catch (TimeoutException e) {
      slowest.updateAndGet(rate -> rate / 4);
      throw errors.timedOut(what, effect);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.stopped(what, effect, e);
    }
  }

  private long allowed(int bytes) {
    long rate = Math.max(FLOOR_BYTES_A_SECOND, slowest.get() / 10);
    return silence + (long) (bytes * 1e9 / rate);
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
  }
}
