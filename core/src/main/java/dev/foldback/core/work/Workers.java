package dev.foldback.core.work;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same worker on several threads and waits for all. The first failure is the one thrown;
 * the other workers are interrupted and waited for, so that nothing runs on when this returns.
 */
public final class Workers {
  private Workers() {}

  /** What a thread does until there is nothing left. */
  @FunctionalInterface
  public interface Worker {
    void run() throws Exception;
  }

  /**
   * @param name shows in thread names
   * @param threads at least 1
   */
  public static void run(String name, int threads, Worker worker) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofPlatform()
              .name("foldback-" + name + "-" + i)
              .unstarted(() -> work(worker, failure, running)));
    }
    running.forEach(Thread::start);
    join(running, failure);
    Throwable first = failure.get();
    if (first != null) {
      throw asFailure(first);
    }
  }

  private static void work(
      Worker worker, AtomicReference<@Nullable Throwable> failure, List<Thread> all) {
    try {
      worker.run();
    } catch (Throwable e) {
      if (failure.compareAndSet(null, e)) {
        all.stream().filter(t -> t != Thread.currentThread()).forEach(Thread::interrupt);
      }
    }
  }

  private static void join(List<Thread> running, AtomicReference<@Nullable Throwable> failure) {
    boolean interrupted = false;
    for (Thread thread : running) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, e);
          running.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException asFailure(Throwable e) {
    return switch (e) {
      case OutOfMemoryError memory ->
          new FoldbackException(
              ErrorCode.OUT_OF_MEMORY,
              "the heap is too small for this work; nothing was damaged",
              "Run again with a larger heap, such as FOLDBACK_HEAP=2g, or fewer --threads.",
              memory);
      case Error error -> throw error;
      case RuntimeException known -> known;
      case InterruptedException stopped ->
          new FoldbackException(
              ErrorCode.INTERRUPTED,
              "stopped before the end",
              "Run the same command again.",
              stopped);
      default ->
          new FoldbackException(
              ErrorCode.INTERNAL, "unexpected: " + e, "Please report this with the log.", e);
    };
  }
}
