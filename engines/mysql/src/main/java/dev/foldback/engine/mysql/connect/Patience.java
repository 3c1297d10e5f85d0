package dev.foldback.engine.mysql.connect;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits of threads that were told to stop, and for a server that does not answer. A statement
 * may take hours with not a byte sent, so how long a wait lasts says nothing: where one is long the
 * server is asked something trivial on a new connection, and only if that stays unanswered too all
 * long waits are ended.
 */
final class Patience {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration KILLING = Duration.ofSeconds(1);

  private final Duration half;
  private final Server server;
  private final Set<Wait> waits = new HashSet<>();
  private @Nullable Thread watcher;

  /** The server, spoken to on new connections. */
  interface Server {
    /** Whether it answers something trivial, if only with an error. */
    boolean isAnswering();

    /** Ends these sessions and what they run, as far as they are still there. */
    void kill(List<Long> sessions);
  }

  /**
   * @param limit after which a server is taken to be gone; half of it passes before it is asked
   */
  Patience(Duration limit, Server server) {
    this.half = limit.dividedBy(2);
    this.server = server;
  }

  /** Watches a new socket until it is closed. */
  synchronized Wait waiting(Socket socket) {
    Wait wait = new Wait(socket);
    waits.add(wait);
    if (watcher == null) {
      watcher = Thread.ofPlatform().daemon().name("foldback-patience").start(this::run);
    }
    return wait;
  }

  private void run() {
    try {
      Duration next = half;
      while (watching()) {
        Thread.sleep(TICK);
        endUnwanted();
        Duration longest = longest();
        if (longest.compareTo(half) < 0) {
          next = half;
        } else if (longest.compareTo(next) >= 0) {
          if (!isAnswered()) {
            endAll(longest());
          }
          next = longest().plus(half);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAnswered() throws InterruptedException {
    boolean[] answered = new boolean[1];
    return within(half, () -> answered[0] = server.isAnswering()) && answered[0];
  }

  /** On a thread of its own: a Unix socket knows no time-out. */
  private static boolean within(Duration limit, Runnable asking) throws InterruptedException {
    return Thread.ofPlatform().daemon().name("foldback-question").start(asking).join(limit);
  }

  /**
   * A server does not notice that a client is gone before its statement ends, so the session is
   * killed too.
   */
  private void endUnwanted() throws InterruptedException {
    List<Wait> unwanted = unwanted();
    if (unwanted.isEmpty()) {
      return;
    }
    List<Long> sessions = new ArrayList<>();
    for (Wait wait : unwanted) {
      if (wait.session() != 0) {
        sessions.add(wait.session());
      }
    }
    within(KILLING, () -> server.kill(sessions));
    for (Wait wait : unwanted) {
      wait.end("stopped");
    }
  }

  private synchronized List<Wait> unwanted() {
    List<Wait> unwanted = new ArrayList<>();
    for (Wait wait : waits) {
      if (wait.isUnwanted()) {
        unwanted.add(wait);
      }
    }
    return unwanted;
  }

  /** Whether any socket is left; if not, the thread ends and the next socket starts another. */
  private synchronized boolean watching() {
    waits.removeIf(Wait::isOver);
    if (waits.isEmpty()) {
      watcher = null;
    }
    return watcher != null;
  }

  private synchronized Duration longest() {
    // No lambda here: one that is first linked while the launcher's build keeps the loaded classes
    // makes the JVM crash.
    Duration longest = Duration.ZERO;
    for (Wait wait : waits) {
      longest = wait.length().compareTo(longest) > 0 ? wait.length() : longest;
    }
    return longest;
  }

  private synchronized void endAll(Duration longest) {
    for (Wait wait : waits) {
      if (wait.length().compareTo(half) >= 0) {
        wait.end("the server has not answered for " + longest.toSeconds() + " s");
      }
    }
  }
}
