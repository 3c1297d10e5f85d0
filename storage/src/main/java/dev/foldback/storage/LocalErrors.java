package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What an I/O error of the local file system means. */
final class LocalErrors {
  /** With less than this the disk counts as full, whatever language the system's message is in. */
  private static final long NEARLY_NOTHING = 64 * 1024;

  private final Path root;

  LocalErrors(Path root) {
    this.root = root;
  }

  StoreException of(String what, String key, IOException e, Effect effect, long needed) {
    Kind kind = kind(e, needed);
    return new StoreException(kind, effect, message(what, key, e), hint(kind), e);
  }

  StoreException link(Path link) {
    return new StoreException(
        Kind.DENIED,
        Effect.NONE,
        link + " is a symbolic link; Foldback follows none inside a repository, nothing was done",
        "Move the files themselves to " + link + ", or open the repository where they really are.",
        null);
  }

  StoreException tooLarge(String key, long size) {
    return new StoreException(
        Kind.UNSUPPORTED,
        Effect.NONE,
        key + " in " + root + " has " + size + " bytes; no object of a repository is that large",
        "Check what wrote this file: 'ls -l " + root.resolve(key) + "'.",
        null);
  }

  private Kind kind(IOException e, long needed) {
    if (e instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    }
    String text = String.valueOf(e.getMessage()) + reason(e);
    if (e instanceof AccessDeniedException
        || text.contains("Read-only file system")
        || text.contains("Operation not permitted")) {
      return Kind.DENIED;
    }
    if (text.contains("No space left") || text.contains("quota") || full(needed)) {
      return Kind.FULL;
    }
    return Kind.FAILED;
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null ? " " + f.getReason() : "";
  }

  private boolean full(long needed) {
    if (needed == 0) {
      return false;
    }
    try {
      return Files.getFileStore(root).getUsableSpace() < Math.min(needed, NEARLY_NOTHING);
    } catch (IOException e) {
      return false; // The first error says more than this one.
    }
  }

  private String message(String what, String key, IOException e) {
    String detail =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName()
                + (e.getMessage() == null || e instanceof FileSystemException
                    ? ""
                    : ": " + e.getMessage());
    return "Can't " + what + " " + (key.isEmpty() ? "" : key + " in ") + root + ": " + detail;
  }

  private String hint(Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "";
      case NO_PLACE -> "Create the folder, or mount the disk that holds it: " + root;
      case DENIED -> "Give the user who runs Foldback the right to read and write " + root + ".";
      case FULL ->
          "Make room on the disk of " + root + " ('df " + root + "') and run the command again.";
      case UNSUPPORTED, THROTTLED, UNREACHABLE, DISTURBED, FAILED ->
          "Check the disk and the system's log ('dmesg'), then run the command again.";
    };
  }
}
