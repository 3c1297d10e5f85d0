package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final SourceName SOURCE = new SourceName("shop");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final LeaseTimes SLOW = new LeaseTimes(Duration.ofMinutes(5), Duration.ofHours(1));

  private final TestStore store = new TestStore();

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private void heldBy(Holder holder, Instant time) {
    LeaseFile file = new LeaseFile(holder, time, time, Duration.ofMinutes(5), false);
    store.files.put(Keys.lease(SOURCE, 1), file.bytes(1));
  }

  private static Holder elsewhere() {
    return new Holder("db7", "another machine", 4711, NOON, "token");
  }

  @Test
  void aLeaseOfAnotherHostHoldsUntilItsTimeRunsOut() {
    heldBy(elsewhere(), NOON);
    assertThatThrownBy(() -> Lease.take(store, SOURCE, at(NOON.plusSeconds(299)), SLOW))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD))
        .hasMessageContaining("4711")
        .hasMessageContaining("db7")
        .hasMessageContaining("2026-01-01T12:00:00Z");
    Lease.take(store, SOURCE, at(NOON.plusSeconds(301)), SLOW).close();
  }

  @Test
  void whoWasToldToStopStillGivesItsLeaseBack() {
    Lease lease = Lease.take(store, SOURCE, at(NOON), SLOW);
    Thread.currentThread().interrupt();
    lease.close();
    assertThat(Thread.interrupted()).as("still told to stop").isTrue();
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
  }

  @Test
  void aProcessOfThisHostThatIsGoneHoldsNothing() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    Holder here = Holder.create();
    here.retire();
    Instant started = process.info().startInstant().orElseThrow();
    heldBy(new Holder("h", here.machine(), process.pid(), started, "t"), NOON);
    assertThatThrownBy(() -> Lease.take(store, SOURCE, at(NOON), SLOW))
        .isInstanceOf(FoldbackException.class);
    process.destroyForcibly().waitFor();
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
  }

  @Test
  void aProcessNumberThatWasUsedAgainIsNotTakenForTheHolder() {
    Holder here = Holder.create();
    here.retire();
    Instant other = Instant.parse("2001-01-01T00:00:00Z");
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    heldBy(new Holder("h", here.machine(), parent, other, "t"), NOON);
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
  }

  @Test
  void aLeaseGivenBackIsFreeAtOnceAndEpochsGoOn() {
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
    assertThat(store.keys("leases/")).containsExactly("leases/shop/4.json");
  }

  @Test
  void theHolderRenewsWhileItWorks() throws InterruptedException {
    LeaseTimes fast = new LeaseTimes(Duration.ofMinutes(5), Duration.ofMillis(5));
    try (Lease lease = Lease.take(store, SOURCE, at(NOON), fast)) {
      for (int i = 0; i < 1000 && store.files.containsKey(Keys.lease(SOURCE, 1)); i++) {
        Thread.sleep(5);
      }
      assertThat(store.keys("leases/")).doesNotContain(Keys.lease(SOURCE, 1)).isNotEmpty();
      lease.check();
    }
  }

  @Test
  void aDamagedLeaseFileDoesNotBlockForEver() {
    store.files.put(Keys.lease(SOURCE, 3), new byte[] {1, 2, 3});
    Lease.take(store, SOURCE, at(NOON), SLOW).close();
    assertThat(store.keys("leases/")).containsExactly("leases/shop/5.json");
  }

  @Test
  void aRunWhoseSourceWasTakenOverCommitsNothing() {
    var _ = Repositories.init(store, InitOptions.unsealed());
    Sample sample = new Sample().random(new Random(1), "small", 5, 9);
    Repository slow = Repositories.open(store, Optional.empty(), at(NOON), SLOW);
    try (SnapshotWriter writer = slow.begin(SOURCE, Sample.SERVER, Sample.OPTIONS)) {
      sample.write(writer);
      Lease.take(store, SOURCE, at(NOON.plusSeconds(301)), SLOW).close();
      assertThatThrownBy(() -> writer.commit(sample.contents()))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
    }
    assertThat(store.keys("snapshots/")).isEmpty();
  }

  @Test
  void aHolderThatWasPausedAndComesBackFindsItsLeaseLostAndLeavesTheOthersAlone() {
    Lease paused = Lease.take(store, SOURCE, at(NOON), SLOW);
    try (Lease other = Lease.take(store, SOURCE, at(NOON.plusSeconds(301)), SLOW)) {
      assertThatThrownBy(paused::check)
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
      assertThatThrownBy(paused::requireNotLost).isInstanceOf(FoldbackException.class);
      paused.close();
      other.check();
    }
  }

  @Test
  void aPausedHoldersOwnRenewalNoticesTheOther() throws InterruptedException {
    LeaseTimes fast = new LeaseTimes(Duration.ofMinutes(5), Duration.ofMillis(200));
    try (Lease paused = Lease.take(store, SOURCE, at(NOON), fast)) {
      // Its next renewal finds the epoch taken by a host whose clock says that it was free.
      try (Lease other = Lease.take(store, SOURCE, at(NOON.plusSeconds(301)), SLOW)) {
        boolean lost = false;
        for (int i = 0; i < 6000 && !lost; i++) {
          Thread.sleep(10);
          try {
            paused.requireNotLost();
          } catch (FoldbackException e) {
            lost = e.code() == ErrorCode.LEASE_LOST;
          }
        }
        assertThat(lost).isTrue();
        other.check();
      }
    }
  }

  @Test
  void aHostWhoseClockIsBehindWaitsRatherThanTakes() {
    try (Lease holder = Lease.take(store, SOURCE, at(NOON), SLOW)) {
      assertThatThrownBy(() -> Lease.take(store, SOURCE, at(NOON.minusSeconds(3600)), SLOW))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD));
      holder.check();
    }
  }

  @Test
  void differentSourcesAreBackedUpAtOnce() {
    try (Lease one = Lease.take(store, SOURCE, at(NOON), SLOW);
        Lease two = Lease.take(store, new SourceName("other"), at(NOON), SLOW)) {
      one.check();
      two.check();
    }
  }
}
