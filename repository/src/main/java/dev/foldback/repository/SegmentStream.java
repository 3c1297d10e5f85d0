package dev.foldback.repository;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a segment, frame after frame; one object is held at a time. */
final class SegmentStream extends InputStream {
  private final StoredSegment segment;
  private final Opener opener;
  private int next;
  private InputStream frame = InputStream.nullInputStream();
  private String object = "";
  private @Nullable Payload payload;

  SegmentStream(StoredSegment segment, Opener opener) {
    this.segment = segment;
    this.opener = opener;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = frame.read(bytes, offset, length);
    while (read < 0 && next < segment.frames().size()) {
      frame = open(segment.frames().get(next++));
      read = frame.read(bytes, offset, length);
    }
    return read;
  }

  private InputStream open(FrameRef ref) {
    Payload held = payload;
    if (held == null || !ref.object().equals(object)) {
      payload = null;
      Long bytes = segment.objects().get(ref.object());
      held = opener.load(ref.object(), bytes == null ? 0 : bytes, segment.what());
      payload = held;
      object = ref.object();
    }
    return Frames.open(held, ref);
  }
}
