package dev.foldback.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a server program. It can't outlive this JVM, even one that is killed: a small shell
 * process waits for the end of a pipe whose other end only the JVM holds, and then kills the
 * server. The shell replaces itself with the server, so the process seen here is the server.
 */
final class ServerProcess {
  private static final String WITH_WATCHDOG =
      """
      exec 3<&0 </dev/null
      ( exec >/dev/null 2>&1; while read -r line <&3; do :; done; kill -KILL $$ ) &
      exec 3<&-
      exec "$@"
      """;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  static ServerProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> wrapped =
        Distribution.concat(List.of("/bin/sh", "-c", WITH_WATCHDOG, "server"), command);
    return new ServerProcess(Programs.start(wrapped, environment, log));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, and waits for the end. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
    releaseWatchdog();
  }

  /** SIGTERM; SIGKILL where the server takes longer than the limit. */
  void stop(Duration limit) {
    // Not Process.destroy: that closes the pipe too, and the watchdog would kill the server.
    process.toHandle().destroy();
    boolean ended = false;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
      process.onExit().join();
    }
    releaseWatchdog();
  }

  private void releaseWatchdog() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
