package dev.foldback.storage;

import java.time.Duration;
import java.util.function.Consumer;

/** Says that the store asks to slow down, for as long as any call waits because of that. */
final class Slowdown {
  private final Consumer<String> notes;
  private int waiting;

  Slowdown(Consumer<String> notes) {
    this.notes = notes;
  }

  synchronized void begin(Duration pause) {
    waiting++;
    notes.accept(
        "the store asks to slow down: the next try is in "
            + Math.max(1, pause.plusMillis(500).toSeconds())
            + " s");
  }

  synchronized void end() {
    if (--waiting == 0) {
      notes.accept("");
    }
  }
}
