package dev.foldback.cli.output;

import dev.foldback.core.Finding;
import dev.foldback.core.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Counts what workers do and shows it through a {@link Display} on each {@link #tick}. Rates are
 * those of the last ten seconds, so that they follow what happens and do not jump.
 */
public final class Meter implements Progress {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Display display;
  private final Clock clock;
  private final Supplier<String> storeNote;
  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<String, Integer> inFlight = new LinkedHashMap<>();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private String phase = "";
  private String note = "";
  private long expectedRows;
  private long expectedBytes;
  private Instant began;

  private record Sample(Instant time, long rows, long bytes) {}

  public Meter(Display display, Clock clock) {
    this(display, clock, () -> "");
  }

  /**
   * @param storeNote what the store makes worth showing now, beside the {@link #note} of the work
   */
  public Meter(Display display, Clock clock, Supplier<String> storeNote) {
    this.display = display;
    this.clock = clock;
    this.storeNote = storeNote;
    this.began = clock.instant();
  }

  @Override
  public synchronized void phase(String name, long expectedRows, long expectedBytes) {
    endPhase();
    this.phase = name;
    this.expectedRows = expectedRows;
    this.expectedBytes = expectedBytes;
    began = clock.instant();
    rows.reset();
    bytes.reset();
    inFlight.clear();
    samples.clear();
    samples.add(new Sample(began, 0, 0));
    display.phaseBegan(look());
  }

  @Override
  public synchronized void begin(String item) {
    inFlight.merge(item, 1, Integer::sum);
  }

  @Override
  public void advance(long rows, long bytes) {
    this.rows.add(rows);
    this.bytes.add(bytes);
  }

  @Override
  public synchronized void end(String item) {
    inFlight.computeIfPresent(item, (i, n) -> n == 1 ? null : n - 1);
  }

  @Override
  public synchronized void finding(Finding finding) {
    display.finding(finding);
  }

  @Override
  public synchronized void note(String text) {
    note = text;
  }

  /** Shows where things stand. To be called a few times a second. */
  public synchronized void tick() {
    if (phase.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    samples.add(new Sample(now, rows.sum(), bytes.sum()));
    while (samples.size() > 2 && samples.getFirst().time.isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
    display.show(look());
  }

  /** The last phase has ended; whatever the display left on the screen is tidied. */
  public synchronized void finish() {
    endPhase();
    phase = "";
    display.finish();
  }

  private void endPhase() {
    if (!phase.isEmpty()) {
      display.phaseEnded(look());
    }
  }

  private Look look() {
    Instant now = clock.instant();
    List<String> items = new ArrayList<>();
    inFlight.forEach((item, count) -> items.add(count == 1 ? item : item + " ×" + count));
    return new Look(
        now,
        phase,
        Duration.between(began, now),
        rows.sum(),
        bytes.sum(),
        expectedRows,
        expectedBytes,
        rate(),
        items,
        notes());
  }

  private String notes() {
    String store = storeNote.get();
    return note.isEmpty() || store.isEmpty() ? note + store : note + "; " + store;
  }

  /** Bytes a second over the window, or since the phase began where that is shorter. */
  private double rate() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long millis = Duration.between(first.time, last.time).toMillis();
    return millis <= 0 ? 0 : (last.bytes - first.bytes) * 1000.0 / millis;
  }

  /**
   * Where things stand.
   *
   * @param bytesPerSecond of the last ten seconds
   * @param inFlight what is being worked on
   */
  public record Look(
      Instant time,
      String phase,
      Duration elapsed,
      long rows,
      long bytes,
      long expectedRows,
      long expectedBytes,
      double bytesPerSecond,
      List<String> inFlight,
      String note) {

    /** By the estimate of the whole and the present rate; empty where either is unknown. */
    Optional<Duration> remaining() {
      if (expectedBytes <= bytes || bytesPerSecond < 1) {
        return Optional.empty();
      }
      return Optional.of(Duration.ofSeconds((long) ((expectedBytes - bytes) / bytesPerSecond)));
    }

    /** 0 to 99 while the phase goes on, since the whole is an estimate; -1 where unknown. */
    int percent() {
      return expectedBytes <= 0 ? -1 : (int) Math.min(99, bytes * 100.0 / expectedBytes);
    }

    /** Bytes a second over the whole phase. */
    double meanRate() {
      long millis = elapsed.toMillis();
      return millis <= 0 ? 0 : bytes * 1000.0 / millis;
    }
  }

  /** Where progress is shown. Its methods are called one at a time. */
  public interface Display {
    void phaseBegan(Look look);

    void show(Look look);

    void phaseEnded(Look look);

    void finding(Finding finding);

    void finish();
  }
}
