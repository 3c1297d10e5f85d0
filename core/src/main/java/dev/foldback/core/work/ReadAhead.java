package dev.foldback.core.work;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a little ahead of who reads this one: what it takes to
 * make the bytes and what is done with them go on at once. Holds at most 3 MiB.
 */
public final class ReadAhead extends InputStream {
  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS = 10;
  private static final Part END = new Part(new byte[0], null);

  private final InputStream in;
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(CHUNKS);
  private final Thread reader;
  private Part part = new Part(new byte[0], null);
  private int given;

  private static final class Part {
    final byte[] bytes;
    final @Nullable Throwable failure;

    Part(byte[] bytes, @Nullable Throwable failure) {
      this.bytes = bytes;
      this.failure = failure;
    }
  }

  /**
   * @param in is closed with this one
   */
  public ReadAhead(InputStream in) {
    this.in = in;
    this.reader = Thread.ofPlatform().daemon().name("foldback-read-ahead").start(this::readAll);
  }

  private void readAll() {
    try {
      try {
        byte[] chunk = new byte[CHUNK];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          parts.put(new Part(Arrays.copyOf(chunk, n), null));
        }
        parts.put(END);
      } catch (IOException | RuntimeException | Error e) {
        parts.put(new Part(new byte[0], e));
      }
    } catch (InterruptedException _) {
      // Who reads has closed this stream.
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? part.bytes[given++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, part.bytes.length - given);
    System.arraycopy(part.bytes, given, to, offset, n);
    given += n;
    return n;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean fill() throws IOException {
    while (given == part.bytes.length) {
      if (part == END) {
        return false;
      }
      part = next();
      given = 0;
      switch (part.failure) {
        case null -> {}
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IOException(part.failure);
      }
    }
    return true;
  }

  private Part next() {
    try {
      return parts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped while reading", "Run the same command again.", e);
    }
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = false;
    while (reader.isAlive()) {
      reader.interrupt();
      try {
        reader.join(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    in.close();
  }
}
