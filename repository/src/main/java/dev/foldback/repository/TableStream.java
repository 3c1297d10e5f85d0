package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import java.io.IOException;
import java.io.InputStream;

/** All rows of a table, frame by frame, each checked before its first byte is given. */
final class TableStream extends InputStream {
  private final TableName table;
  private final String snapshot;
  private final FrameList frames;
  private final PayloadCache cache;
  private InputStream frame = InputStream.nullInputStream();
  private int next;

  TableStream(TableName table, String snapshot, FrameList frames, PayloadCache cache) {
    this.table = table;
    this.snapshot = snapshot;
    this.frames = frames;
    this.cache = cache;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int n = frame.read(target, from, length);
      if (n >= 0) {
        return n;
      }
      if (next == frames.size()) {
        return -1;
      }
      frame.close();
      frame = open(next++);
    }
  }

  private InputStream open(int i) {
    try {
      Payload payload = cache.get(frames.object(i), frames.objectSize(i));
      prefetchAfter(i);
      return Frames.open(payload, frames.get(i));
    } catch (FoldbackException e) {
      if (e.code().exit() != ErrorCode.OBJECT_MISSING.exit()) {
        throw e;
      }
      throw new FoldbackException(
          e.code(),
          "table " + table + " of snapshot " + snapshot + ": " + e.getMessage(),
          e.hint(),
          e);
    }
  }

  private void prefetchAfter(int i) {
    for (int j = i + 1; j < frames.size(); j++) {
      if (frames.objectNumber(j) != frames.objectNumber(i)) {
        cache.prefetch(frames.object(j), frames.objectSize(j));
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    frame.close();
    next = frames.size();
  }
}
