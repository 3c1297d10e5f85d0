package dev.foldback.engine.mysql.rows;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.TableDefinition;
import java.util.concurrent.Semaphore;

/**
 * Room in the heap for rows of many MiB. On its way a row is held several times: by the driver, as
 * text, compressed. Threads that each hold one would fill a heap in which one alone fits, so as
 * many at once go on as there is room for; the others wait. The heap is the process's, and so is
 * this.
 */
public final class LargeRows implements AutoCloseable {
  /** Bytes of a row from which on it waits for room. */
  static final int LARGE = 8 << 20;

  /** What a row of 64 MiB takes on its way where half of its bytes need an escape. */
  private static final long SHARE = 400L << 20;

  private static final Semaphore ROOM =
      new Semaphore(Math.clamp(Runtime.getRuntime().maxMemory() / SHARE, 1, 1024), true);

  private final boolean taken;

  private LargeRows(boolean taken) {
    this.taken = taken;
  }

  /** Room for one large row; waits until there is some. */
  static LargeRows room() {
    try {
      ROOM.acquire();
      return new LargeRows(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FoldbackException(
          ErrorCode.INTERRUPTED,
          "stopped while waiting for memory",
          "Run the same command again.",
          e);
    }
  }

  /** Room for a table whose rows are large by the server's statistics; otherwise takes none. */
  static LargeRows room(TableDefinition table) {
    return room(table.estimatedBytes() / Math.max(1, table.estimatedRows()));
  }

  /** Room for a table with a row of so many bytes; takes none where that is not much. */
  public static LargeRows room(long bytes) {
    return bytes >= LARGE ? room() : new LargeRows(false);
  }

  boolean isTaken() {
    return taken;
  }

  @Override
  public void close() {
    if (taken) {
      ROOM.release();
    }
  }
}
