package dev.foldback.engine.mysql.connect;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long one socket has been waiting for the server, to be sent to or to be read from. */
final class Wait {
  private final Socket socket;

  /** When it began to wait, as System.nanoTime; 0 while it does not. */
  private volatile long since;

  private volatile @Nullable String broken;

  Wait(Socket socket) {
    this.socket = socket;
  }

  /** Whether the socket was closed. */
  boolean isOver() {
    return socket.isClosed();
  }

  /** How long it has waited now. */
  Duration length() {
    long start = since;
    return start == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  /** Ends it: who waits gets the reason as an error. */
  void end(String reason) {
    broken = reason;
    try {
      socket.close();
    } catch (IOException e) {
      // It is to be of no use any more, and who waits learns that.
      broken = reason + "; closing the connection: " + e.getMessage();
    }
  }

  private void begin() {
    since = System.nanoTime() | 1;
  }

  private IOException explained(IOException e) {
    String reason = broken;
    return reason == null ? e : new IOException(reason, e);
  }

  InputStream watch(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        begin();
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          throw explained(e);
        } finally {
          since = 0;
        }
      }
    };
  }

  OutputStream watch(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          throw explained(e);
        } finally {
          since = 0;
        }
      }
    };
  }
}
