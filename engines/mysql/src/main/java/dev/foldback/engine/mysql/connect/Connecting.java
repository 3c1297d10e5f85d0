package dev.foldback.engine.mysql.connect;

import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The connection that this thread is opening: what the driver's plug-ins, which it makes itself,
 * need to know of it.
 */
final class Connecting {
  static final ScopedValue<Connecting> SCOPE = ScopedValue.newInstance();

  private final ConnectOptions options;
  private final Patience patience;
  private @Nullable Wait wait;

  /**
   * @param patience ends waits for a server that does not answer
   */
  Connecting(ConnectOptions options, Patience patience) {
    this.options = options;
    this.patience = patience;
  }

  ConnectOptions options() {
    return options;
  }

  /** Watches the socket of the connection until it is closed. */
  Wait waiting(Socket socket) {
    Wait made = patience.waiting(socket);
    wait = made;
    return made;
  }

  /** The connection is there, and the server gives it this number. */
  void connected(long session) {
    if (wait != null) {
      wait.session(session);
    }
  }
}
