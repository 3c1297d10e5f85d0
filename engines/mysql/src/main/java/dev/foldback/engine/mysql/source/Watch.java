package dev.foldback.engine.mysql.source;

import dev.foldback.core.Finding;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Each second shows how long the snapshot's transactions have been open, and where limits were
 * given, looks at the server's load and pauses reading while a value stands above its limit. The
 * readers' own statements are not counted as load.
 */
final class Watch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final @Nullable Load load;
  private final Pace pace;
  private final Progress progress;
  private final AtomicInteger reading;
  private final long since;
  private final List<Finding> findings = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /**
   * @param load null where nothing is limited; closed with this
   * @param since when the transactions began, as System.nanoTime tells
   */
  Watch(@Nullable Load load, Pace pace, Progress progress, AtomicInteger reading, long since) {
    this.load = load;
    this.pace = pace;
    this.progress = progress;
    this.reading = reading;
    this.since = since;
    this.thread = Thread.ofPlatform().daemon().name("foldback-watch").start(this::run);
  }

  private void run() {
    boolean seen = load != null;
    try {
      while (true) {
        String state = "";
        if (load != null && seen) {
          try {
            state = look(load);
          } catch (SQLException e) {
            seen = false;
            unseen(e);
          }
        }
        progress.note(
            "one position held for "
                + Duration.ofNanos(System.nanoTime() - since).toSeconds()
                + " s"
                + state
                + (load == null || seen ? "" : ", the server's load can't be seen"));
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String look(Load load) throws SQLException {
    Load.State state = load.look(reading.get());
    pace.pause(!state.above().isEmpty());
    return (state.above().isEmpty() ? "" : ", paused: " + state.above())
        + (state.unknown().isEmpty() ? "" : ", " + state.unknown());
  }

  /** Reading goes on: the readers meet the same trouble, and report it, where it is theirs too. */
  private void unseen(SQLException e) {
    pace.pause(false);
    findings.add(
        Finding.warning(
            "load-unseen",
            "the limits on load",
            "could not be kept to the end, as the server's load could no longer be seen: "
                + ServerErrors.text(e),
            "Look at the server's error log; the backup itself is not touched by it."));
  }

  /** What was noticed while it ran. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public void close() throws SQLException {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pace.pause(false);
    progress.note("");
    if (load != null) {
      load.close();
    }
  }
}
