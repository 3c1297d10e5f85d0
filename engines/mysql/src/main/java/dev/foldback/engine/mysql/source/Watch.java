package dev.foldback.engine.mysql.source;

import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Each second shows how long the snapshot's transactions have been open, and where limits were
 * given, looks at the server's load and pauses reading while a value stands above its limit. The
 * readers' own statements are not counted as load.
 */
final class Watch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Set<String> LAG =
      Set.of("seconds_behind", "seconds_behind_master", "seconds_behind_source");

  private final Map<String, Long> limits;
  private final Pace pace;
  private final Progress progress;
  private final AtomicInteger reading;
  private final @Nullable Connection connection;
  private final boolean oldWords;
  private final long start = System.nanoTime();
  private final Thread thread;

  Watch(
      Connector connector,
      Map<String, Long> limits,
      Pace pace,
      Progress progress,
      AtomicInteger reading) {
    this.limits = limits;
    this.pace = pace;
    this.progress = progress;
    this.reading = reading;
    this.connection = limits.isEmpty() ? null : connector.open("load");
    this.oldWords = connector.flavor().mariaDb() || !connector.flavor().atLeast(8, 0, 22);
    this.thread = Thread.ofPlatform().daemon().name("foldback-watch").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        String load = overload();
        pace.pause(!load.isEmpty());
        progress.note(
            "one position held for "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds()
                + " s"
                + (load.isEmpty() ? "" : ", paused: " + load));
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // The readers meet the same trouble and report it; without a view of the load none is seen.
      pace.pause(false);
      progress.note("the server's load can't be seen: " + ServerErrors.failed("load", e).code());
    }
  }

  /** The first value above its limit, in words; empty where there is none. */
  private String overload() throws SQLException {
    if (connection == null) {
      return "";
    }
    Map<String, String> status = Queries.pairs(connection, "show global status");
    for (Map.Entry<String, Long> limit : limits.entrySet()) {
      String name = limit.getKey().toLowerCase(Locale.ROOT);
      String value = LAG.contains(name) ? lag(connection) : status.getOrDefault(name, "");
      long own = name.equals("threads_running") ? reading.get() + 1L : 0;
      if (value.matches("\\d{1,18}") && Long.parseLong(value) - own > limit.getValue()) {
        return limit.getKey() + " is " + value + ", the limit " + limit.getValue();
      }
    }
    return "";
  }

  /** How far this server is behind the one it replicates from; empty where it does not. */
  private String lag(Connection connection) throws SQLException {
    List<Map<String, @Nullable String>> rows =
        Queries.rows(connection, oldWords ? "show slave status" : "show replica status");
    for (Map<String, @Nullable String> row : rows) {
      for (String name : LAG) {
        @Nullable String value = row.get(name);
        if (value != null) {
          return value;
        }
      }
    }
    return "";
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
    if (connection != null) {
      connection.close();
    }
  }
}
