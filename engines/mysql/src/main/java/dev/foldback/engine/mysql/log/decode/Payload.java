package dev.foldback.engine.mysql.log.decode;

import com.github.luben.zstd.ZstdInputStream;
import dev.foldback.engine.mysql.log.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Opens the content of a TRANSACTION_PAYLOAD event as a stream. */
final class Payload {
  private static final int END = 0;
  private static final int COMPRESSION = 2;
  private static final int ZSTD = 0;
  private static final int NONE = 255;

  private Payload() {}

  /** The head is fields of a type, a length and a value, then a type of 0. */
  static InputStream open(Event event) throws IOException {
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    long method = ZSTD;
    for (long type = in.packed(); type != END; type = in.packed()) {
      int next = in.take(in.packed());
      if (type == COMPRESSION) {
        int behind = in.at;
        in.at = next;
        method = in.packed();
        in.at = behind;
      }
    }
    InputStream raw = new ByteArrayInputStream(in.bytes, in.at, in.left());
    if (method == NONE) {
      return raw;
    }
    if (method != ZSTD) {
      throw new IOException("compressed by unknown method " + method);
    }
    return new ZstdInputStream(raw).setContinuous(false);
  }
}
