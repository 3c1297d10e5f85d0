package dev.foldback.repository;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Opens frames that nobody vouches for. What is declared is compared with what is there before
 * memory is taken for it; a large frame is never held as a whole, but read twice: once to check it,
 * once to hand it out.
 */
final class Frames {
  /** Frames of more content are streamed. */
  private static final int WHOLE = 32 << 20;

  private static final int PIECE = 128 << 10;

  private Frames() {}

  /** The content of a frame, checked against its row hash. */
  static InputStream open(Payload payload, FrameRef frame) {
    if (frame.rowBytes() > WHOLE) {
      checkStreaming(payload, frame);
      return stream(payload, frame);
    }
    return new ByteArrayInputStream(bytes(payload, frame));
  }

  /** Checks a frame without handing it out. */
  static void check(Payload payload, FrameRef frame) {
    if (frame.rowBytes() > WHOLE) {
      checkStreaming(payload, frame);
    } else {
      byte[] _ = bytes(payload, frame);
    }
  }

  /** The whole content of a frame, checked. */
  static byte[] bytes(Payload payload, FrameRef frame) {
    checkDeclared(payload, frame);
    byte[] content = new byte[frame.rowBytes()];
    int size;
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      size =
          zstd.decompressByteArray(
              content, 0, content.length, payload.bytes(), frame.at(), frame.length());
    } catch (ZstdException e) {
      throw damaged(frame, "zstd says " + e.getMessage());
    }
    if (size != content.length || !Hash.of(content).equals(frame.rowHash())) {
      throw damaged(frame, "its content does not have the recorded hash");
    }
    return content;
  }

  private static void checkDeclared(Payload payload, FrameRef frame) {
    if ((long) frame.at() + frame.length() > payload.length()) {
      throw damaged(frame, "it ends outside of its object");
    }
    long declared = Zstd.getFrameContentSize(payload.bytes(), frame.at(), frame.length());
    if (declared != frame.rowBytes()) {
      throw damaged(frame, "it declares " + declared + " bytes, not " + frame.rowBytes());
    }
    if (Zstd.findFrameCompressedSize(payload.bytes(), frame.at(), frame.length())
        != frame.length()) {
      throw damaged(frame, "it is not one whole zstd frame");
    }
  }

  private static void checkStreaming(Payload payload, FrameRef frame) {
    checkDeclared(payload, frame);
    MessageDigest digest = Hash.sha256();
    byte[] piece = new byte[PIECE];
    long total = 0;
    try (InputStream in = stream(payload, frame)) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        total += n;
        if (total > frame.rowBytes()) {
          throw damaged(frame, "it holds more than it declares");
        }
        digest.update(piece, 0, n);
      }
    } catch (IOException e) {
      throw damaged(frame, "zstd says " + e.getMessage());
    }
    if (total != frame.rowBytes() || !Hash.hex(digest.digest()).equals(frame.rowHash())) {
      throw damaged(frame, "its content does not have the recorded hash");
    }
  }

  private static InputStream stream(Payload payload, FrameRef frame) {
    try {
      return new ZstdInputStream(
          new ByteArrayInputStream(payload.bytes(), frame.at(), frame.length()));
    } catch (IOException e) {
      throw damaged(frame, "zstd says " + e.getMessage());
    }
  }

  private static RuntimeException damaged(FrameRef frame, String what) {
    return Damage.frame(frame.object(), frame.at(), what);
  }
}
