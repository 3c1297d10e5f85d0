package dev.foldback.repository;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Set;

/** Makes a recovery key and its file, in age's own identity file format. */
final class KeyFile {
  private KeyFile() {}

  /** Writes a new key for its owner alone to read, safely on disk; gives the public key. */
  static String create(Path file, String repository, Instant now) {
    KeyPair pair = generate();
    String recipient = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
    String text =
        "# Recovery key of Foldback repository "
            + repository
            + "\n# created: "
            + now
            + "\n# public key: "
            + recipient
            + "\n"
            + new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII)
            + "\n";
    write(file, text.getBytes(StandardCharsets.US_ASCII));
    return recipient;
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, owner)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new FoldbackException(
          ErrorCode.KEY_FILE_EXISTS,
          "the key file " + file + " exists; it may hold the key of other backups, so it is kept",
          "Name another file with --key-file, or move this one away.",
          e);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static KeyPair generate() {
    try {
      return new X25519KeyPairGenerator().generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new FoldbackException(
          ErrorCode.INTERNAL,
          "this Java runtime can't make X25519 keys",
          "Use a complete JDK 25.",
          e);
    }
  }

  private static FoldbackException failed(Path file, IOException e) {
    return new FoldbackException(
        ErrorCode.BAD_KEY_FILE,
        "the key file " + file + " can't be written (" + e + ")",
        "Name a file in a folder that exists and that you may write to with --key-file.",
        e);
  }
}
