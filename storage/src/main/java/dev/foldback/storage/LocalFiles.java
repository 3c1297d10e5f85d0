package dev.foldback.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The steps of a durable, exclusive write. A file becomes visible by a hard link to a finished
 * temporary one: linking fails where the name is taken, in one step of the file system. Where there
 * are no hard links (exFAT, some network mounts), a lock on {@code .lock} in the root stands in.
 */
final class LocalFiles {
  /** {@link FileChannel#lock} is for processes; threads of this one queue here first. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path root;
  private volatile boolean hardLinks;

  LocalFiles(Path root, boolean hardLinks) {
    this.root = root;
    this.hardLinks = hardLinks;
  }

  /** Writes and flushes a new file. */
  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        // In pieces: the JDK copies each into a direct buffer of the same size and keeps it.
        buffer.limit(Math.min(bytes.length, buffer.position() + (1 << 20)));
        channel.write(buffer);
        buffer.limit(bytes.length);
      }
      channel.force(true);
    }
  }

  /** Gives the finished file its name unless that is taken. */
  void publish(Path finished, Path target) throws IOException {
    if (hardLinks) {
      try {
        Files.createLink(target, finished);
        return;
      } catch (UnsupportedOperationException e) {
        hardLinks = false;
      } catch (FileSystemException e) {
        // Only where links are impossible: to change over in passing would let two writers win.
        if (!noLinks(String.valueOf(e.getReason()))) {
          throw e;
        }
        hardLinks = false;
      }
    }
    publishLocked(finished, target);
  }

  private static boolean noLinks(String reason) {
    return reason.contains("not permitted") || reason.contains("not supported");
  }

  private void publishLocked(Path finished, Path target) throws IOException {
    THREADS.lock();
    try (FileChannel channel =
            FileChannel.open(
                root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      THREADS.unlock();
    }
  }

  /** Makes the folder and those above it, each one durable. */
  static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      makeFolder(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    if (parent != null) {
      flush(parent);
    }
  }

  /** Flushes a folder's entries to the disk. */
  static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
