package dev.foldback.testkit.store;

import dev.foldback.testkit.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A store's server on a free port of this machine, in a process and a folder of its own. */
final class StoreProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;

  private final Process process;
  private final Path folder;

  private StoreProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  static Path folder(String name) {
    try {
      return OwnFolder.make(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server and waits until it takes connections. */
  static StoreProcess start(Path folder, int port, List<String> command) {
    Path log = folder.resolve("log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      StoreProcess started = new StoreProcess(process, folder);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
      while (!listens(port)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          String said = Files.readString(log);
          started.close();
          throw new IllegalStateException(command.getFirst() + " did not start: " + said);
        }
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while starting " + command.getFirst(), e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // Its sessions too: sshd has a process for each, and the clients stay as long as those do.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try {
      OwnFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
