package dev.foldback.engine.mysql.log.decode;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** MariaDB's compressed columns and events. */
public final class Inflated {
  private static final int ZLIB = 8;
  private static final int LARGEST = 1 << 30;

  private Inflated() {}

  /**
   * A value of a COMPRESSED column: one byte says how, then comes the length, the highest byte
   * first, then the data. An empty value has not even the first byte.
   */
  static byte[] value(byte[] bytes, int from, int end) {
    if (from == end) {
      return new byte[0];
    }
    int head = bytes[from] & 0xFF;
    int method = head >> 4;
    if (method == 0) {
      return Arrays.copyOfRange(bytes, from + 1, end);
    }
    if (method != ZLIB) {
      throw new IndexOutOfBoundsException("a column compressed by unknown method " + method);
    }
    return inflate(bytes, from + 1, head & 7, end, (head & 8) != 0);
  }

  /** What follows the head of a compressed event. */
  static byte[] event(byte[] bytes, int from, int end) {
    int head = bytes[from] & 0xFF;
    if ((head & 0x70) != 0) {
      throw new IndexOutOfBoundsException("an event compressed by unknown method " + (head >> 4));
    }
    return inflate(bytes, from + 1, head & 7, end, false);
  }

  /**
   * The beginning of what follows the head of a compressed event, of which only the beginning may
   * be there.
   *
   * @param longest bytes to hand out
   * @throws IndexOutOfBoundsException where it is not built as such
   */
  public static byte[] beginning(byte[] bytes, int from, int end, int longest) {
    int data = from + 1 + (bytes[from] & 7);
    byte[] out = new byte[longest];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, data, end - data);
      int done = 0;
      int more = 1;
      while (more > 0 && done < longest) {
        more = inflater.inflate(out, done, longest - done);
        done += more;
      }
      return Arrays.copyOf(out, done);
    } catch (DataFormatException e) {
      throw damaged(e);
    } finally {
      inflater.end();
    }
  }

  private static IndexOutOfBoundsException damaged(DataFormatException e) {
    return new IndexOutOfBoundsException("a compressed value can't be opened: " + e.getMessage());
  }

  private static byte[] inflate(byte[] bytes, int from, int lengthBytes, int end, boolean raw) {
    long length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | (bytes[from + i] & 0xFF);
    }
    if (length > LARGEST) {
      throw new IndexOutOfBoundsException("a compressed value of " + length + " bytes");
    }
    byte[] out = new byte[(int) length];
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(bytes, from + lengthBytes, end - from - lengthBytes);
      int done = 0;
      while (done < out.length) {
        int more = inflater.inflate(out, done, out.length - done);
        if (more == 0) {
          throw new IndexOutOfBoundsException("a compressed value ends too soon");
        }
        done += more;
      }
      return out;
    } catch (DataFormatException e) {
      throw damaged(e);
    } finally {
      inflater.end();
    }
  }
}
