package dev.foldback.engine.mysql.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Makes the driver's sockets, so that waits on them can be ended, and Unix sockets come with the
 * JDK's own means; the driver's need a native library. The driver creates it by its name; the path
 * of a Unix socket comes as the property {@link #PATH}.
 */
public final class WatchedSocketFactory extends ConfigurableSocketFactory {
  /** The driver keeps properties that it does not know and shows them to its factories. */
  static final String PATH = "foldbackSocket";

  private @Nullable String path;

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    path = configuration.nonMappedOptions().getProperty(PATH);
  }

  @Override
  public Socket createSocket() throws IOException {
    Connecting connecting = Connecting.SCOPE.get();
    return path == null
        ? new NetworkSocket(connecting)
        : new LocalSocket(Path.of(path), connecting);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }
}
