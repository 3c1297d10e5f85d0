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
  /** Who was stopped may still need to say good-bye. */
  private static final Duration LAST_WORDS = Duration.ofMillis(300);

  private final Socket socket;

  /** When it began to wait, as System.nanoTime; 0 while it does not. */
  private volatile long since;

  private volatile @Nullable Thread waiter;
  private volatile @Nullable String broken;
  private volatile long session;

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

  /** The server's number of the session; 0 while it is not known. */
  long session() {
    return session;
  }

  void session(long number) {
    session = number;
  }

  /** Whether the thread that waits was told to stop. */
  boolean isUnwanted() {
    Thread thread = waiter;
    return thread != null && thread.isInterrupted() && length().compareTo(LAST_WORDS) >= 0;
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
    waiter = Thread.currentThread();
    since = System.nanoTime() | 1;
  }

  private void end() {
    since = 0;
    waiter = null;
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
          end();
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
          end();
        }
      }
    };
  }
}
