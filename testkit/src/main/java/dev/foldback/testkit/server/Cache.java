package dev.foldback.testkit.server;

import dev.foldback.testkit.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder where servers are unpacked once. {@code FOLDBACK_CACHE} names it. Without it root
 * takes a folder below /var/tmp, since the servers run as another user, who may not look into
 * root's home; everybody else takes the usual cache folder.
 */
final class Cache {
  private static final ReentrantLock WITHIN_JVM = new ReentrantLock();

  private Cache() {}

  /** Fills an empty folder. */
  interface Filling {
    void into(Path empty) throws IOException;
  }

  static Path root() {
    try {
      Path root = Files.createDirectories(place());
      if (!Files.getOwner(root, LinkOption.NOFOLLOW_LINKS)
          .getName()
          .equals(System.getProperty("user.name"))) {
        throw new IOException(root + " belongs to somebody else; set FOLDBACK_CACHE to a folder");
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path place() {
    String chosen = System.getenv("FOLDBACK_CACHE");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath();
    }
    if (Account.amRoot()) {
      return Path.of("/var/tmp/foldback-cache-root");
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    return xdg != null && !xdg.isEmpty()
        ? Path.of(xdg, "foldback")
        : Path.of(System.getProperty("user.home"), ".cache", "foldback");
  }

  /** The folder {@code name} below the root, filled by whoever comes first, whole or not at all. */
  static Path folder(String name, Filling filling) {
    Path folder = root().resolve(name);
    if (Files.exists(folder)) {
      return folder;
    }
    WITHIN_JVM.lock();
    try {
      Files.createDirectories(folder.getParent());
      Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(folder)) {
          fill(folder, filling);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      WITHIN_JVM.unlock();
    }
  }

  private static void fill(Path folder, Filling filling) throws IOException {
    Path draft = folder.resolveSibling(folder.getFileName() + ".draft");
    OwnFolder.delete(draft);
    Files.createDirectory(draft);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
    filling.into(draft);
    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
  }
}
