package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.log.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into events; holds one of them. */
final class EventReader {
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  /** An event that is larger is read in such steps, so that a wrong length costs no memory. */
  private static final int STEP = 16 << 20;

  private static final int KEPT = 16 << 20;

  private final InputStream in;
  private byte[] bytes = new byte[1 << 16];

  EventReader(InputStream in) {
    this.in = in;
  }

  /** The length of the next event, 0 at the end. It is whole in {@link #bytes} then. */
  int next(LogPlace at) throws IOException {
    if (bytes.length > KEPT) {
      bytes = new byte[1 << 16];
    }
    int head = in.readNBytes(bytes, 0, Event.HEADER);
    if (head == 0) {
      return 0;
    }
    if (head < Event.HEADER) {
      throw LogErrors.damaged(at, "it ends inside an event");
    }
    int length = Event.lengthAt(bytes, 0);
    if (length < Event.HEADER || length > LARGEST) {
      throw LogErrors.damaged(at, "an event says that it has " + (length & 0xFFFFFFFFL) + " bytes");
    }
    int have = head;
    while (have < length) {
      int wanted = Math.min(length, have + STEP);
      if (wanted > bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(wanted, 2L * bytes.length)));
      }
      int read = in.readNBytes(bytes, have, wanted - have);
      have += read;
      if (have < wanted) {
        throw LogErrors.damaged(at, "it ends inside an event");
      }
    }
    return length;
  }

  byte[] bytes() {
    return bytes;
  }
}
