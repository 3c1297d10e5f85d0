package dev.foldback.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void everyThreadRunsTheWorker() {
    AtomicInteger runs = new AtomicInteger();
    Workers.run("test", 5, runs::incrementAndGet);
    assertThat(runs).hasValue(5);
  }

  @Test
  void theFirstFailureIsThrownAndTheOthersAreStopped() {
    AtomicInteger number = new AtomicInteger();
    CountDownLatch stopped = new CountDownLatch(2);
    FoldbackException failure = new FoldbackException(ErrorCode.SERVER_LOST, "gone", "try again");
    assertThatThrownBy(
            () ->
                Workers.run(
                    "test",
                    3,
                    () -> {
                      if (number.getAndIncrement() == 2) {
                        throw failure;
                      }
                      try {
                        Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                      } catch (InterruptedException e) {
                        stopped.countDown();
                        throw e;
                      }
                    }))
        .isSameAs(failure);
    assertThat(stopped.getCount()).isZero();
  }

  @Test
  void tooLittleHeapIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                Workers.run(
                    "test",
                    1,
                    () -> {
                      throw new OutOfMemoryError("for the test");
                    }))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
              assertThat(e.hint()).contains("FOLDBACK_HEAP");
            });
  }

  @Test
  void anInterruptOfTheCallerStopsTheWorkers() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(2);
    Thread caller =
        new Thread(
            () -> {
              try {
                Workers.run(
                    "test",
                    2,
                    () -> {
                      started.countDown();
                      Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                    });
              } catch (FoldbackException e) {
                if (e.code() == ErrorCode.INTERRUPTED) {
                  interrupted.incrementAndGet();
                }
              }
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join(10_000);
    assertThat(caller.isAlive()).isFalse();
    assertThat(interrupted).hasValue(1);
  }
}
