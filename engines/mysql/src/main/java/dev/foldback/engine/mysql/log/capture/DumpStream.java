package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogBrokenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Reader;

/** The packets of a dump. An event larger than a packet comes in several; each is held alone. */
final class DumpStream {
  private static final int FULL = 0xFFFFFF;
  private static final int ERROR = 0xFF;
  private static final int END = 0xFE;
  private static final int REFUSED = 1236;
  private static final int RIGHT_MISSING = 1227;

  private final Reader reader;
  private final Runnable closing;
  private byte[] bytes = new byte[0];
  private int at;
  private int length;
  private boolean more;

  /**
   * @param closing ends the connection
   */
  DumpStream(Reader reader, Runnable closing) {
    this.reader = reader;
    this.closing = closing;
  }

  /**
   * Reads the first packet of the next event; {@link #at} is then past the status byte.
   *
   * @return whether there is one; false where the dump ended as asked
   */
  boolean next() {
    if (more) {
      // An event that fills its last packet is followed by an empty one.
      read();
    }
    read();
    int status = length == 0 ? ERROR : bytes[at] & 0xFF;
    if (status == END && length < 9) {
      return false;
    }
    if (status == ERROR) {
      throw refused();
    }
    at++;
    length--;
    return true;
  }

  /** Reads the next packet of the same event. */
  void nextPiece() {
    read();
  }

  /** Whether more packets of the same event follow. */
  boolean hasMore() {
    return more;
  }

  /** Holds the packet until the next is read. */
  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  int length() {
    return length;
  }

  private void read() {
    try {
      ReadableByteBuf packet = reader.readReusablePacket(false);
      bytes = packet.buf();
      at = packet.pos();
      length = packet.readableBytes();
      more = length == FULL;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static FoldbackException lost(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new FoldbackException(
          ErrorCode.INTERRUPTED,
          "stopped; the log is stored up to the last whole transaction that came",
          "Run the same command again: it goes on from there.",
          e);
    }
    return new FoldbackException(
        ErrorCode.SERVER_LOST,
        "reading the log: the connection was lost: " + e.getMessage(),
        "Check that the server runs and look into its error log, then run again.",
        e);
  }

  private FoldbackException refused() {
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    int code = length > 2 ? (bytes[at + 1] & 0xFF) | (bytes[at + 2] & 0xFF) << 8 : 0;
    String words = text.length() > 9 && text.charAt(3) == '#' ? text.substring(9) : text;
    if (code == REFUSED) {
      return new LogBrokenException(
          reason(words), "the server can't give its log from there: " + words, null);
    }
    if (code == RIGHT_MISSING) {
      return new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          "the account may not read the log: " + words,
          "GRANT REPLICATION SLAVE ON *.* TO the account; 'foldback capture' names it.");
    }
    return new FoldbackException(
        ErrorCode.SERVER_LOST,
        "reading the log: the server ended it with error " + code + ": " + words,
        "Look into the server's error log, then run again.");
  }

  private static String reason(String words) {
    if (words.contains("index file")) {
      return "purged";
    }
    return words.contains("file size") || words.contains("impossible position")
        ? "reset"
        : "unreadable";
  }

  void close() {
    closing.run();
  }
}
