package dev.foldback.storage;

import dev.foldback.core.store.Capabilities;
import dev.foldback.core.store.Keys;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A folder. A write goes to a temporary file beside its place, is flushed, gets its name by a hard
 * link, and the folder is flushed: a reader sees all of it or nothing, and so does one after a
 * power cut. What a killed write leaves starts with {@code .tmp-}: listings pass it over and remove
 * it after a day. Symbolic links below the root are refused.
 */
final class LocalStore implements ObjectStore {
  static final String TEMPORARY = ".tmp-";
  private static final Duration LEFTOVER = Duration.ofDays(1);

  private final Path root;
  private final InstantSource clock;
  private final LocalErrors errors;
  private final LocalFiles files;

  LocalStore(Path root) {
    this(root, InstantSource.system(), true);
  }

  LocalStore(Path root, InstantSource clock, boolean hardLinks) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
    this.errors = new LocalErrors(this.root);
    this.files = new LocalFiles(this.root, hardLinks);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] bytes) {
    Path target = path(key);
    Path folder = parent(target);
    Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
    Effect effect = Effect.NONE;
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return taken(folder);
      }
      LocalFiles.makeFolder(folder);
      try {
        LocalFiles.write(temporary, bytes);
        effect = Effect.UNKNOWN;
        files.publish(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
      LocalFiles.flush(folder);
      return PutOutcome.WRITTEN;
    } catch (FileAlreadyExistsException e) {
      return takenAfter(e, target, folder, key);
    } catch (IOException e) {
      throw errors.of("write", key, e, effect, bytes.length);
    }
  }

  /** The one that took the key may not have flushed the folder yet, and the answer counts on it. */
  private static PutOutcome taken(Path folder) throws IOException {
    LocalFiles.flush(folder);
    return PutOutcome.EXISTS;
  }

  private PutOutcome takenAfter(
      FileAlreadyExistsException e, Path target, Path folder, String key) {
    try {
      if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
        return taken(folder);
      }
    } catch (IOException flush) {
      throw errors.of("write", key, flush, Effect.NONE, 0);
    }
    throw errors.of("write", key, e, Effect.NONE, 0);
  }

  @Override
  public byte[] get(String key) {
    return read(key, 0, Integer.MAX_VALUE - 8, true);
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    Keys.range(key, offset, length);
    return read(key, offset, length, false);
  }

  private byte[] read(String key, long offset, int most, boolean whole) {
    Path file = path(key);
    try (SeekableByteChannel channel = openToRead(file)) {
      long rest = Math.max(0, channel.size() - offset);
      if (whole && rest > most) {
        throw errors.tooLarge(key, rest);
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(rest, most));
      channel.position(offset);
      while (buffer.hasRemaining()) {
        buffer.limit(Math.min(buffer.capacity(), buffer.position() + (1 << 20)));
        if (channel.read(buffer) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
        buffer.limit(buffer.capacity());
      }
      return buffer.array();
    } catch (IOException e) {
      throw errors.of("read", key, e, Effect.NONE, 0);
    }
  }

  private static SeekableByteChannel openToRead(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    String folder = Keys.prefix(prefix);
    Path start = folder.isEmpty() ? root : path(folder.substring(0, folder.length() - 1));
    if (Files.isDirectory(start)) {
      list(start, prefix, each);
    }
  }

  private void list(Path folder, String prefix, Consumer<StoredObject> each) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        visit(entry, prefix, each);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Removed while it was listed: nothing is there.
    } catch (DirectoryIteratorException e) {
      throw errors.of("list", prefix, new IOException(e), Effect.NONE, 0);
    } catch (IOException e) {
      throw errors.of("list", prefix, e, Effect.NONE, 0);
    }
  }

  private void visit(Path entry, String prefix, Consumer<StoredObject> each) throws IOException {
    String name = String.valueOf(entry.getFileName());
    Optional<BasicFileAttributes> found = attributes(entry);
    if (found.isEmpty()) {
      return;
    }
    BasicFileAttributes attributes = found.get();
    if (name.startsWith(TEMPORARY)) {
      removeLeftover(entry, attributes);
    } else if (!Keys.isKey(prefix + name)) {
      return; // Not ours, such as lost+found of a file system's root or an editor's backup.
    } else if (attributes.isDirectory()) {
      list(entry, prefix + name + "/", each);
    } else if (attributes.isRegularFile()) {
      each.accept(object(prefix + name, attributes));
    } else if (attributes.isSymbolicLink()) {
      throw errors.link(entry);
    }
  }

  private void removeLeftover(Path file, BasicFileAttributes attributes) {
    Instant old = clock.instant().minus(LEFTOVER);
    if (attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(old)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Who may only read still gets the listing; the next writer's listing removes it.
      }
    }
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    try {
      return attributes(path(key))
          .filter(BasicFileAttributes::isRegularFile)
          .map(attributes -> object(key, attributes));
    } catch (IOException e) {
      throw errors.of("look at", key, e, Effect.NONE, 0);
    }
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static StoredObject object(String key, BasicFileAttributes attributes) {
    return new StoredObject(key, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  @Override
  public void delete(String key) {
    Path file = path(key);
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
        LocalFiles.flush(parent(file));
      }
    } catch (IOException e) {
      throw errors.of("delete", key, e, Effect.UNKNOWN, 0);
    }
  }

  /** The file of a key, with no symbolic link on the way to it. */
  private Path path(String key) {
    Path path = root;
    for (String segment : Keys.key(key).split("/", -1)) {
      path = path.resolve(segment);
      if (Files.isSymbolicLink(path)) {
        throw errors.link(path);
      }
    }
    return path;
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? root : parent;
  }

  @Override
  public String describe() {
    return root.toString();
  }

  @Override
  public void close() {
    // Nothing is held open between calls.
  }
}
