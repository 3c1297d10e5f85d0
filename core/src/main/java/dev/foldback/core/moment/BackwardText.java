package dev.foldback.core.moment;

import dev.foldback.core.fold.WorkFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts that are written in the opposite order: the last comes first. Not for several threads. */
final class BackwardText implements AutoCloseable {
  private final WorkFile file;
  private long end;

  BackwardText(Path workFolder) {
    this.file = new WorkFile(workFolder);
  }

  /** Each text has its length behind it. */
  void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    file.append(bytes, 0, bytes.length);
    file.append(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array(), 0, Integer.BYTES);
    end += bytes.length + Integer.BYTES;
  }

  void writeTo(OutputStream out) throws IOException {
    long at = end;
    Window window = new Window();
    while (at > 0) {
      at -= Integer.BYTES;
      window.reach(at, Integer.BYTES);
      int length = ByteBuffer.wrap(window.bytes).getInt(window.index(at));
      at -= length;
      window.reach(at, length);
      out.write(window.bytes, window.index(at), length);
    }
  }

  /** The part of the file that is in memory, read from its end on. */
  private final class Window {
    private static final int SIZE = 1 << 18;
    private byte[] bytes = new byte[SIZE];
    private long from = Long.MAX_VALUE;

    int index(long at) {
      return (int) (at - from);
    }

    /** Has these bytes in memory, and as many before them as there is room for. */
    void reach(long at, int length) {
      if (at >= from) {
        return;
      }
      int size = Math.max(length, SIZE);
      if (bytes.length < size) {
        bytes = new byte[size];
      }
      long until = at + length;
      from = Math.max(0, until - size);
      file.read(from, bytes, 0, (int) (until - from));
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
