package dev.foldback.engine.mysql.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Makes Unix sockets for the driver, with the JDK's own means; the driver's needs a native library.
 * The driver creates it by its name; the path comes as the property {@link #PATH}.
 */
public final class LocalSocketFactory extends ConfigurableSocketFactory {
  /** The driver keeps properties that it does not know and shows them to its factories. */
  static final String PATH = "foldbackSocket";

  private @Nullable Path path;

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    path = Path.of(configuration.nonMappedOptions().getProperty(PATH));
  }

  @Override
  public Socket createSocket() throws IOException {
    if (path == null) {
      throw new IOException("no path of a socket given");
    }
    return new LocalSocket(path);
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
