package dev.foldback.engine.mysql.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.progress.Progress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTest {
  @Test
  void theAgeCountsFromWhenTheTransactionsBegan() throws Exception {
    LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();
    Progress progress =
        new Progress() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    long since = System.nanoTime() - Duration.ofSeconds(100).toNanos();
    Watch watch = new Watch(null, new Pace(0), progress, new AtomicInteger(), since);
    assertThat(notes.poll(10, TimeUnit.SECONDS)).matches("one position held for 10[0-9] s");
    watch.close();
    assertThat(watch.findings()).isEmpty();
    assertThat(notes).last().isEqualTo("");
  }
}
