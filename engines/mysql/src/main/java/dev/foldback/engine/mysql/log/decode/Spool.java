package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.log.Event;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events of one transaction, kept until the log says what becomes of it: in memory, and from a size
 * on in a file for its owner alone that goes with the spool. Each event stands behind the offset of
 * its place (8 bytes), whether it has a checksum (1) and its length (4). Not for several threads.
 */
final class Spool implements AutoCloseable {
  private static final int HEAD = 13;
  private static final int MEMORY = 8 << 20;

  /** Memory of a transaction that is put aside for long. */
  private static final int SMALL = 1 << 16;

  /** Takes events back, in order. */
  interface Taker {
    void take(Event event, LogPlace at);
  }

  private final Path folder;
  private String file = "";
  private byte[] memory = new byte[1 << 16];
  private int used;
  private long filed;
  private @Nullable FileChannel channel;

  /**
   * @param folder where files may be made
   */
  Spool(Path folder) {
    this.folder = folder;
  }

  /** Forgets everything; what follows is of this log file. */
  void restart(String logFile) {
    close();
    file = logFile;
    used = 0;
    filed = 0;
    if (memory.length > MEMORY) {
      memory = new byte[1 << 16];
    }
  }

  /** Bytes so far, to be given to {@link #cut} and {@link #replay}. */
  long size() {
    return filed + used;
  }

  void add(Event event, long offset, boolean checksummed) {
    int need = HEAD + event.length();
    if (used + (long) need > memory.length) {
      room(need);
    }
    ByteBuffer.wrap(memory, used, HEAD)
        .putLong(offset)
        .put((byte) (checksummed ? 1 : 0))
        .putInt(event.length());
    System.arraycopy(event.bytes(), event.at(), memory, used + HEAD, event.length());
    used += need;
  }

  private void room(int need) {
    if (used + (long) need > MEMORY && used > 0) {
      spill();
    }
    long wanted = Math.max(used + (long) need, Math.min(MEMORY, 2L * memory.length));
    if (wanted > memory.length) {
      memory = Arrays.copyOf(memory, Math.toIntExact(wanted));
    }
  }

  /** Gives memory back, for a spool that is kept for long. */
  void settle() {
    if (used > SMALL) {
      spill();
      memory = new byte[0];
    } else {
      memory = Arrays.copyOf(memory, used);
    }
  }

  private void spill() {
    try {
      if (channel == null) {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "transaction-", ".events");
        channel =
            FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      ByteBuffer all = ByteBuffer.wrap(memory, 0, used);
      while (all.hasRemaining()) {
        filed += channel.write(all, filed);
      }
      used = 0;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Forgets what came after the given size. */
  void cut(long size) {
    if (size >= filed) {
      used = (int) (size - filed);
    } else {
      used = 0;
      filed = size;
    }
  }

  /** Hands out the events from the given size on. Each is good only until the next. */
  void replay(long from, Taker taker) {
    if (from < filed) {
      replayFile(from, taker);
    }
    int at = (int) Math.max(0, from - filed);
    while (at < used) {
      ByteBuffer head = ByteBuffer.wrap(memory, at, HEAD);
      LogPlace place = new LogPlace(file, head.getLong());
      boolean checksummed = head.get() != 0;
      int length = head.getInt();
      taker.take(new Event(memory, at + HEAD, length, checksummed), place);
      at += HEAD + length;
    }
  }

  private void replayFile(long from, Taker taker) {
    if (channel == null) {
      throw new IllegalStateException("a spool without its file");
    }
    try {
      channel.position(from);
      // Not closed: that would close the channel.
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 18));
      byte[] event = new byte[1 << 13];
      long at = from;
      while (at < filed) {
        LogPlace place = new LogPlace(file, in.readLong());
        boolean checksummed = in.readByte() != 0;
        int length = in.readInt();
        if (length > event.length) {
          event = new byte[length];
        }
        in.readFully(event, 0, length);
        taker.take(new Event(event, 0, length, checksummed), place);
        at += HEAD + length;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FoldbackException failed(IOException e) {
    return new FoldbackException(
        ErrorCode.INTERNAL,
        "a transaction that is too large for memory can't be kept in "
            + folder
            + ": "
            + e.getMessage()
            + "; nothing was damaged",
        "Give that folder room and run the same command again.",
        e);
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw failed(e);
      }
      channel = null;
    }
  }
}
