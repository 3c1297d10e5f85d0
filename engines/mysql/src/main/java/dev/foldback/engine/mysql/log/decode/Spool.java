package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.fold.WorkFile;
import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.log.Event;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one transaction, kept until the log says what becomes of it: in memory, and from a size
 * on in a sealed file for its owner alone that goes with the spool. Each event stands behind the
 * offset of its place (8 bytes), whether it has a checksum (1) and its length (4). Not for several
 * threads.
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
  private final List<Stretch> stretches = new ArrayList<>();
  private @Nullable WorkFile work;

  /** Whole events in the file, which is only appended to. */
  private record Stretch(long at, int length) {}

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
    WorkFile to = work;
    if (to == null) {
      to = new WorkFile(folder);
      work = to;
    }
    stretches.add(new Stretch(to.position(), used));
    to.append(memory, 0, used);
    filed += used;
    used = 0;
  }

  /** Forgets what came after the given size. */
  void cut(long size) {
    if (size >= filed) {
      used = (int) (size - filed);
      return;
    }
    used = 0;
    while (filed > size) {
      Stretch last = stretches.removeLast();
      filed -= last.length();
      if (filed < size) {
        stretches.add(new Stretch(last.at(), (int) (size - filed)));
        filed = size;
      }
    }
  }

  /** Hands out the events from the given size on. Each is good only until the next. */
  void replay(long from, Taker taker) {
    long begin = 0;
    for (Stretch stretch : stretches) {
      int skipped = (int) Math.min(stretch.length(), Math.max(0, from - begin));
      replay(stretch, skipped, taker);
      begin += stretch.length();
    }
    replay(memory, (int) Math.max(0, from - filed), used, taker);
  }

  /** A stretch is about as large as what memory holds of a transaction. */
  private void replay(Stretch stretch, int from, Taker taker) {
    if (work == null) {
      throw new IllegalStateException("a spool without its file");
    }
    byte[] bytes = new byte[stretch.length() - from];
    if (bytes.length > 0) {
      work.read(stretch.at() + from, bytes, 0, bytes.length);
      replay(bytes, 0, bytes.length, taker);
    }
  }

  private void replay(byte[] bytes, int from, int to, Taker taker) {
    int at = from;
    while (at < to) {
      ByteBuffer head = ByteBuffer.wrap(bytes, at, HEAD);
      LogPlace place = new LogPlace(file, head.getLong());
      boolean checksummed = head.get() != 0;
      int length = head.getInt();
      taker.take(new Event(bytes, at + HEAD, length, checksummed), place);
      at += HEAD + length;
    }
  }

  @Override
  public void close() {
    if (work != null) {
      work.close();
      work = null;
    }
    stretches.clear();
  }
}
