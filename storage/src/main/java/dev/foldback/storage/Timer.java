package dev.foldback.storage;

import java.time.Duration;

/** Time as the decorators see it, so that tests need not wait. */
public interface Timer {
  Timer SYSTEM =
      new Timer() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /** Nanoseconds from an arbitrary start, never going back. */
  long nanoTime();

  void sleep(Duration time) throws InterruptedException;
}
