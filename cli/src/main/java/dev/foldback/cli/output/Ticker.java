package dev.foldback.cli.output;

import java.time.Duration;

/** Calls a meter's tick in the background until it is closed. */
public final class Ticker implements AutoCloseable {
  private final Meter meter;
  private final Thread thread;

  public Ticker(Meter meter, Duration every) {
    this.meter = meter;
    this.thread =
        Thread.ofPlatform().daemon().name("foldback-progress").start(() -> tick(meter, every));
  }

  private static void tick(Meter meter, Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        meter.tick();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    meter.finish();
  }
}
