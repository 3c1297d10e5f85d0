package dev.foldback.cli;

import dev.foldback.core.ExitStatus;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGINT and SIGTERM the work is interrupted, which cancels what runs on the server, and given
 * some seconds to hand its leases back; then the program ends with 130. Where that is too short,
 * the lease is free as soon as its process is seen to be gone.
 */
final class Interruption {
  private static final long GRACE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption() {}

  /** Watches over the calling thread. */
  static Interruption watch(PrintStream err) {
    Interruption interruption = new Interruption();
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("foldback-interruption")
                .unstarted(() -> interruption.stop(worker, err)));
    return interruption;
  }

  /** The work is done; ending the program now is no interruption. */
  void ended() {
    ended.countDown();
  }

  private void stop(Thread worker, PrintStream err) {
    if (ended.getCount() == 0) {
      return;
    }
    err.println("\nStopping: what runs on the server is cancelled and the lease given back …");
    err.flush();
    worker.interrupt();
    try {
      ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.status());
  }
}
