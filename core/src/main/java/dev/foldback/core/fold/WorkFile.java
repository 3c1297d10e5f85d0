package dev.foldback.core.fold;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One file that takes what memory has no room for. It is only appended to, under AES-256 in counter
 * mode with a random key that is nowhere but in memory: each position is written once, so no part
 * of the key stream serves twice. Its name goes as soon as it is open, where the system can do
 * that, and its space when it is closed. For several threads.
 */
public final class WorkFile implements AutoCloseable {
  private static final int BLOCK = 16;
  private static final int BUFFER = 1 << 17;

  /** Opens what the bytes go to. */
  interface Opener {
    FileChannel open() throws IOException;
  }

  private final Opener opener;
  private final String place;
  private final SecretKeySpec key;
  private final byte[] plain = new byte[BUFFER];
  private final byte[] sealed = new byte[BUFFER];
  private @Nullable FileChannel channel;
  private @Nullable Cipher cipher;
  private int held;
  private long written;

  public WorkFile(Path folder) {
    this(folder.toString(), () -> create(folder));
  }

  WorkFile(String place, Opener opener) {
    this.place = place;
    this.opener = opener;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "AES");
  }

  private static FileChannel create(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "foldback-", ".work");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Where the next byte goes. */
  public synchronized long position() {
    return written + held;
  }

  public synchronized void append(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int part = Math.min(to - at, BUFFER - held);
      System.arraycopy(bytes, at, plain, held, part);
      held += part;
      at += part;
      if (held == BUFFER) {
        flush();
      }
    }
  }

  private void flush() {
    try {
      FileChannel out = channel;
      Cipher sealing = cipher;
      if (out == null || sealing == null) {
        out = opener.open();
        channel = out;
        sealing = cipher(Cipher.ENCRYPT_MODE, 0);
        cipher = sealing;
      }
      int n = sealing.update(plain, 0, held, sealed, 0);
      ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, n);
      while (buffer.hasRemaining()) {
        out.write(buffer, written + buffer.position());
      }
      written += n;
      held = 0;
    } catch (IOException e) {
      throw failed("written", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode takes any bytes", e);
    }
  }

  /**
   * Fills the array from a position on.
   *
   * @param length at most so many bytes
   */
  public void read(long position, byte[] into, int at, int length) {
    FileChannel in = channelOf(position + length);
    ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
    try {
      while (buffer.hasRemaining()) {
        if (in.read(buffer, position + buffer.position() - at) < 0) {
          throw new IOException("it is shorter than what was written");
        }
      }
      Cipher opening = cipher(Cipher.DECRYPT_MODE, position);
      int n = opening.update(into, at, length, into, at);
      if (n != length) {
        throw new IllegalStateException("counter mode gives each byte at once");
      }
    } catch (IOException e) {
      throw failed("read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode takes any bytes", e);
    }
  }

  private synchronized FileChannel channelOf(long end) {
    if (end > written) {
      flush();
    }
    FileChannel in = channel;
    if (in == null || end > written) {
      throw new IllegalStateException("nothing was written up to " + end);
    }
    return in;
  }

  private Cipher cipher(int mode, long position) throws GeneralSecurityException {
    byte[] counter = new byte[BLOCK];
    long block = position / BLOCK;
    for (int i = 0; i < Long.BYTES; i++) {
      counter[BLOCK - 1 - i] = (byte) (block >>> (8 * i));
    }
    Cipher made = Cipher.getInstance("AES/CTR/NoPadding");
    made.init(mode, key, new IvParameterSpec(counter));
    int skipped = (int) (position % BLOCK);
    if (skipped > 0) {
      made.update(new byte[skipped]);
    }
    return made;
  }

  private FoldbackException failed(String done, IOException e) {
    return new FoldbackException(
        ErrorCode.WORK_FOLDER,
        "the work folder "
            + place
            + " can't be "
            + done
            + ": "
            + e.getMessage()
            + "; the changes of the log have no room in memory alone. Nothing was damaged",
        "Make room there, name another folder, or give more memory, such as FOLDBACK_HEAP=4g; then"
            + " run again.",
        e);
  }

  @Override
  public synchronized void close() {
    FileChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw failed("closed", e);
      }
    }
  }
}
