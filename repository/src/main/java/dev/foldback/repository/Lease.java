package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to work on one source, to capture its log, or to prune a repository. Epochs are files
 * that count up; put-if-absent decides who gets the next. The holder renews by writing another one.
 * Whoever finds the highest epoch free takes the one after it, which the holder before notices at
 * its next renewal or, at the latest, when it checks before its commit.
 */
final class Lease implements AutoCloseable {
  private final ObjectStore store;
  private final Right right;
  private final Clock clock;
  private final LeaseTimes times;
  private final Holder holder;
  private final Instant since;
  private final ScheduledExecutorService renewal;
  private long epoch;
  private volatile boolean lost;

  /**
   * What a lease is for.
   *
   * @param name for messages and threads
   * @param prefix where its epochs are
   * @param what is being done, for the error
   * @param lost what its loss means, for the error
   * @param hint what to do when it is lost
   */
  record Right(String name, String prefix, String what, String lost, String hint) {
    private static final String AGAIN = "Run it again when the other one has ended.";

    static Right work(SourceName source) {
      return new Right(
          "source " + source,
          Keys.leases(source),
          "source " + source + " is being worked on",
          "this backup was not committed, and what it stored can be used again",
          AGAIN);
    }

    static Right capture(SourceName source) {
      return new Right(
          "the log of source " + source,
          Keys.logLeases(source),
          "the log of source " + source + " is being captured",
          "what this capture committed stays good",
          AGAIN);
    }

    /** Only one prune of a repository at a time. */
    static Right prune() {
      return new Right(
          "the pruning of this repository",
          Keys.pruneLeases(),
          "the pruning of this repository is under way",
          "this one stopped; what it had deleted is deleted, everything else is whole",
          "Let the other one end.");
    }
  }

  private Lease(ObjectStore store, Right right, Clock clock, LeaseTimes times, Holder holder) {
    this.store = store;
    this.right = right;
    this.clock = clock;
    this.times = times;
    this.holder = holder;
    this.since = clock.instant();
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-" + right.name).factory());
  }

  /** Takes the lease or fails with {@code LEASE_HELD}, naming who has it and since when. */
  static Lease take(ObjectStore store, SourceName source, Clock clock, LeaseTimes times) {
    return take(store, Right.work(source), clock, times);
  }

  /** As {@link #take(ObjectStore, SourceName, Clock, LeaseTimes)}. */
  static Lease take(ObjectStore store, Right right, Clock clock, LeaseTimes times) {
    Holder holder = Holder.create();
    Lease lease = new Lease(store, right, clock, times, holder);
    try {
      lease.acquire();
    } catch (RuntimeException e) {
      lease.renewal.shutdownNow();
      holder.retire();
      throw e;
    }
    long every = times.renewEvery().toMillis();
    var _ = lease.renewal.scheduleWithFixedDelay(lease::renew, every, every, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Fails with {@code LEASE_LOST} where it is known that another run took over. */
  void requireNotLost() {
    if (lost) {
      throw lostTo();
    }
  }

  /** Asks the store whether the highest epoch is still this run's. */
  synchronized void check() {
    requireNotLost();
    if (stepOver(highest()) > epoch || !isOurs(epoch)) {
      lost = true;
      throw lostTo();
    }
  }

  /** Gives the lease back, as far as the store allows: it ends by itself otherwise. */
  @Override
  public void close() {
    renewal.shutdownNow();
    // Who was told to stop has this to do yet, and calls to a store end at once on such a thread.
    boolean stopped = Thread.interrupted();
    try {
      giveBack();
    } finally {
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void giveBack() {
    synchronized (this) {
      try {
        if (!lost) {
          advance(true);
        }
      } catch (FoldbackException e) {
        // The holder is retired below and the file's time runs out, so nobody waits for long.
        lost = true;
      } finally {
        holder.retire();
      }
    }
  }

  private synchronized void acquire() {
    long top = highest();
    while (true) {
      Optional<LeaseFile> current = top == 0 ? Optional.empty() : read(top);
      if (current.isPresent() && !current.get().isFree(clock)) {
        throw held(current.get());
      }
      if (!put(top + 1, false)) {
        top++;
        continue;
      }
      long after = highest();
      if (after == epoch) {
        store.delete(Keys.lease(right.prefix, top));
        deleteEarlier();
        return;
      }
      // A listing that lagged hid a later holder.
      store.delete(Keys.lease(right.prefix, epoch));
      epoch = 0;
      top = after;
    }
  }

  /** What a run left whose listing lagged. */
  private void deleteEarlier() {
    String prefix = right.prefix;
    List<String> earlier = new ArrayList<>();
    store.list(
        prefix,
        each -> {
          long number = number(each.key(), prefix);
          if (number > 0 && number < epoch) {
            earlier.add(each.key());
          }
        });
    earlier.forEach(store::delete);
  }

  private Optional<LeaseFile> read(long number) {
    String key = Keys.lease(right.prefix, number);
    try {
      return LeaseFile.read(store, key);
    } catch (FoldbackException e) {
      if (e.code() != ErrorCode.MANIFEST_DAMAGED) {
        throw e;
      }
      // Nobody can be known from a damaged file; its age is all that protects a living holder.
      Instant written = store.stat(key).map(s -> s.modified()).orElse(Instant.EPOCH);
      Holder unknown = new Holder("unknown", "", 0, Instant.EPOCH, "");
      return Optional.of(new LeaseFile(unknown, written, written, times.timeToLive(), false));
    }
  }

  private synchronized void renew() {
    try {
      if (!lost && !advance(false)) {
        lost = true;
      }
    } catch (FoldbackException e) {
      // Tried again at the next turn; the commit asks the store in any case.
      return;
    }
  }

  private boolean advance(boolean released) {
    long before = epoch;
    if (put(before + 1, released)) {
      store.delete(Keys.lease(right.prefix, before));
      return true;
    }
    return stepOver(before + 1) == epoch && (!released || advance(true));
  }

  /**
   * Goes past epochs that had ended when this run began, and that a lagging listing hid from it.
   *
   * @return the highest epoch known then: this run's, unless another took over
   */
  private long stepOver(long highest) {
    long top = highest;
    while (top > epoch && endedBefore(top)) {
      long before = epoch;
      if (put(top + 1, false)) {
        store.delete(Keys.lease(right.prefix, before));
        store.delete(Keys.lease(right.prefix, top));
        top = highest();
      } else {
        top++;
      }
    }
    return top;
  }

  /** Given back before this run began, or no more than listed. */
  private boolean endedBefore(long number) {
    return read(number).map(f -> f.released() && !f.time().isAfter(since)).orElse(true);
  }

  /** Writes an epoch and removes the one before it. */
  private boolean put(long number, boolean released) {
    LeaseFile file = new LeaseFile(holder, since, clock.instant(), times.timeToLive(), released);
    PutOutcome outcome = store.putIfAbsent(Keys.lease(right.prefix, number), file.bytes(number));
    // Without conditional writes the last of two writers wins, so what is there decides.
    boolean ours =
        (outcome == PutOutcome.WRITTEN && store.capabilities().conditionalPut()) || isOurs(number);
    if (ours) {
      epoch = number;
    }
    return ours;
  }

  private boolean isOurs(long number) {
    return read(number).map(f -> f.holder().token().equals(holder.token())).orElse(false);
  }

  private long highest() {
    String prefix = right.prefix;
    AtomicLong highest = new AtomicLong();
    store.list(prefix, each -> highest.accumulateAndGet(number(each.key(), prefix), Math::max));
    // A listing may lag behind this run's own write.
    return Math.max(highest.get(), epoch);
  }

  private static long number(String key, String prefix) {
    String name = key.substring(prefix.length());
    return name.matches("[1-9][0-9]{0,17}\\.json")
        ? Long.parseLong(name.substring(0, name.length() - 5))
        : 0;
  }

  private FoldbackException held(LeaseFile file) {
    return new FoldbackException(
        ErrorCode.LEASE_HELD,
        right.what
            + " by process "
            + file.holder().process()
            + " on host "
            + Damage.clip(file.holder().host())
            + " since "
            + file.since()
            + "; nothing was read or written",
        "Wait for it to end. If it is gone for good, its lease ends by itself at "
            + file.time().plus(file.timeToLive())
            + ".");
  }

  private FoldbackException lostTo() {
    return new FoldbackException(
        ErrorCode.LEASE_LOST,
        "another run took over " + right.name + " meanwhile; " + right.lost,
        right.hint + " Check that the hosts' clocks agree.");
  }
}
