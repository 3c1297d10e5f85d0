package dev.foldback.engine.mysql.connect;

import java.sql.SQLException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.export.SslMode;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * The driver's TLS with certificates and keys from PEM files. The modes mean what they say: the
 * driver's own would let MariaDB's proof of the password stand in for the authority. The driver
 * loads it as a service.
 */
public final class ClientTls extends DefaultTlsSocketPlugin {
  static final String TYPE = "FOLDBACK";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress host)
      throws SQLException {
    return configuration.sslMode() == SslMode.TRUST
        ? super.getTrustManager(configuration, exceptions, host)
        : Connecting.SCOPE.get().options().trust().toArray(TrustManager[]::new);
  }

  @Override
  public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions) {
    return Connecting.SCOPE.get().options().keys().toArray(KeyManager[]::new);
  }
}
