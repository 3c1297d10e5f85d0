package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.opendal.OpenDALException;

/** Waits for OpenDAL's answers, but not for ever: it has no time limit of its own. */
final class OpenDalCalls implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int SLOWEST_BYTES_A_SECOND = 64 * 1024;

  private final OpenDalErrors errors;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  OpenDalCalls(OpenDalErrors errors) {
    this.errors = errors;
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
    return result(start(call, what), what, effect, bytes);
  }

  /**
   * The call's result.
   *
   * @param effect what is known where no answer comes
   * @param bytes on their way; more take longer
   */
  <T> T result(CompletableFuture<T> call, String what, Effect effect, int bytes) {
    try {
      return call.get(PATIENCE_SECONDS + bytes / SLOWEST_BYTES_A_SECOND, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OpenDALException failure) {
        throw failure;
      }
      throw new IllegalStateException("OpenDAL failed without saying how", e);
    } catch (TimeoutException e) {
      throw errors.timedOut(what, effect);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.stopped(what, effect, e);
    }
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
