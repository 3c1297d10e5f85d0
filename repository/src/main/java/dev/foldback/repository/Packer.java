package dev.foldback.repository;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.frame.RowBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Compresses frames into one payload at a time, seals it and hands it to the uploads. */
final class Packer implements AutoCloseable {
  private final PackRun run;
  private final int target;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final List<RecipientStanzaWriter> recipients;
  private final List<Future<?>> sent = new ArrayList<>();
  private byte[] payload = new byte[0];
  private int length;
  private int object = -1;
  private List<Noted> notes = new ArrayList<>();

  /** A frame in the payload that is being filled; null as a table is the catalogue. */
  private record Noted(
      @Nullable TableName table, int at, int length, int rows, int rowBytes, String hash) {}

  Packer(PackRun run) {
    this.run = run;
    this.target = run.payloadTarget();
    this.recipients = Envelope.writers(run.recipients());
    zstd.setLevel(run.compressionLevel()).setChecksum(true).setContentSize(true);
  }

  /** Where a frame went: the number of its object, and its place in the payload. */
  record Place(int object, int at, int length) {}

  Place add(@Nullable TableName table, byte[] rows, int rowBytes, int rowCount, byte[] hash) {
    int size = compress(rows, rowBytes);
    if (object < 0) {
      object = run.objects().reserve();
    }
    Place place = new Place(object, length, size);
    notes.add(new Noted(table, length, size, rowCount, rowBytes, Hash.hex(hash)));
    length += size;
    return place;
  }

  /** Sends what there is where that is enough for an object. */
  void flushFull() {
    if (length >= target) {
      flush();
    }
  }

  private int compress(byte[] rows, int rowBytes) {
    long bound = Zstd.compressBound(rowBytes);
    boolean huge = bound > RowBuffer.KEPT;
    if (length > 0 && length + bound > payload.length && (huge || length >= target / 2)) {
      flush();
    }
    makeRoom(bound);
    try {
      return zstd.compressByteArray(payload, length, payload.length - length, rows, 0, rowBytes);
    } catch (ZstdException e) {
      throw new FoldbackException(
          ErrorCode.INTERNAL, "compression failed; nothing is lost", "Report this.", e);
    }
  }

  private void makeRoom(long bound) {
    long need = length + bound;
    if (need <= payload.length) {
      return;
    }
    if (bound > RowBuffer.KEPT) {
      makeRoomForHuge();
    }
    try {
      int wanted =
          (int) Math.min(Integer.MAX_VALUE - 16, bound > RowBuffer.KEPT ? need : need + need / 4);
      if (need > wanted) {
        throw new OutOfMemoryError();
      }
      payload = length == 0 ? new byte[wanted] : Arrays.copyOf(payload, wanted);
    } catch (OutOfMemoryError e) {
      throw new FoldbackException(
          ErrorCode.OUT_OF_MEMORY,
          "the heap has no room to compress a row of " + bound + " bytes; nothing was damaged",
          "Run again with a larger heap, such as FOLDBACK_HEAP=4g, and fewer --threads.",
          e);
    }
  }

  /**
   * Before a huge row is compressed, what was sent leaves the heap, and the array that is empty.
   */
  private void makeRoomForHuge() {
    awaitSent();
    if (length == 0) {
      payload = new byte[0];
    }
  }

  /** Sends what there is. */
  void flush() {
    if (length == 0) {
      return;
    }
    run.requireLease();
    checkSent();
    int room = run.uploads().reserve(length);
    try {
      byte[] stored = seal();
      String name = Hash.of(stored);
      run.objects().name(object, name, stored.length);
      List<Noted> frames = notes;
      sent.add(
          run.uploads()
              .submit(name, stored, room, () -> run.stored(note(name, stored.length, frames))));
    } catch (RuntimeException | Error e) {
      run.uploads().release(room);
      throw e;
    }
    object = -1;
    length = 0;
    notes = new ArrayList<>();
    if (payload.length > RowBuffer.KEPT) {
      payload = new byte[0];
    }
  }

  private byte[] seal() {
    byte[] stored = Envelope.seal(payload, length, recipients);
    while (!run.condemned().isEmpty() && run.condemned().has(Hash.of(stored))) {
      addSalt();
      stored = Envelope.seal(payload, length, recipients);
    }
    return stored;
  }

  /** The same bytes are about to be deleted, so these get another name. */
  private void addSalt() {
    makeRoom(Salt.BYTES);
    System.arraycopy(Salt.frame(), 0, payload, length, Salt.BYTES);
    length += Salt.BYTES;
  }

  private static PendingNote note(String object, long bytes, List<Noted> frames) {
    List<PendingNote.Item> items = new ArrayList<>(frames.size());
    for (Noted n : frames) {
      if (n.table != null) {
        FrameRef ref = new FrameRef(object, n.at, n.length, n.rows, n.rowBytes, n.hash);
        items.add(new PendingNote.Item(n.table, ref));
      }
    }
    return new PendingNote(object, bytes, items);
  }

  /** Throws what a finished upload threw, and forgets the good ones. */
  private void checkSent() {
    sent.removeIf(
        task -> {
          if (!task.isDone()) {
            return false;
          }
          StoreThreads.get(task);
          return true;
        });
  }

  /** Forgets what was not sent yet. */
  void discard() {
    object = -1;
    length = 0;
    notes = new ArrayList<>();
  }

  /** Sends what is left and waits for all of it. */
  void finish() {
    flush();
    awaitSent();
  }

  private void awaitSent() {
    sent.forEach(StoreThreads::get);
    sent.clear();
  }

  @Override
  public void close() {
    zstd.close();
  }
}
