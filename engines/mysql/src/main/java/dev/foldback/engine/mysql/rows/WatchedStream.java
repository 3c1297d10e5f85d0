package dev.foldback.engine.mysql.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A stream on its way to the server. Its failure must not look like its end: the connection is cut
 * at once, and the failure is kept for the caller.
 */
final class WatchedStream extends InputStream {
  private final InputStream inner;
  private final Connection connection;
  private @Nullable RuntimeException failure;

  WatchedStream(InputStream inner, Connection connection) {
    this.inner = inner;
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      // The driver sends what it gets as one packet: small ones would cost dearly.
      int read = inner.readNBytes(to, offset, length);
      return read == 0 && length > 0 ? -1 : read;
    } catch (IOException e) {
      throw failed(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private IOException failed(RuntimeException e) {
    failure = e;
    try {
      connection.abort(Runnable::run);
    } catch (SQLException cut) {
      e.addSuppressed(cut);
    }
    return new IOException("the rows can't be read", e);
  }

  /** Throws what reading failed with, if it did. */
  void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }
}
