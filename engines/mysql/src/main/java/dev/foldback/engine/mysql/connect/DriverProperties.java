package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.engine.mysql.connect.ConnectOptions.SslMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An endpoint in the driver's own words. */
final class DriverProperties {
  private static final Pattern HOST = Pattern.compile("[\\p{L}0-9._:%-]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d+){3}|::1|0:0:0:0:0:0:0:1");

  private DriverProperties() {}

  static String url(Endpoint endpoint) {
    String host = host(endpoint);
    int port = endpoint.port() == 0 ? 3306 : endpoint.port();
    return "jdbc:mariadb://address=(host=" + host + ")(port=" + port + ")(type=primary)/";
  }

  private static String host(Endpoint endpoint) {
    String host = endpoint.host().isEmpty() ? "localhost" : endpoint.host();
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (!HOST.matcher(host).matches()) {
      throw new FoldbackException(
          ErrorCode.BAD_URL, "'" + host + "' is not a host", "Give a name or an address.");
    }
    return host;
  }

  static boolean isLoopback(Endpoint endpoint) {
    return LOOPBACK.matcher(host(endpoint)).matches();
  }

  static Properties of(Endpoint endpoint, ConnectOptions options, String role, SslMode sslMode) {
    Properties properties = new Properties();
    properties.setProperty("connectionAttributes", "program_name:foldback,role:" + role);
    properties.setProperty("allowLocalInfile", "true");
    properties.setProperty("allowMultiQueries", String.valueOf(role.equals(Connector.BATCHES)));
    properties.setProperty("jdbcCompliantTruncation", "false");
    // The protocol's own limit: how large a row may be is then a question of the heap alone.
    properties.setProperty("maxAllowedPacket", String.valueOf(1 << 30));
    properties.setProperty("connectTimeout", String.valueOf(options.connectTimeout().toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketFactory", WatchedSocketFactory.class.getName());
    Path socket = options.socket();
    if (socket != null) {
      properties.setProperty(WatchedSocketFactory.PATH, socket.toString());
    }
    tls(properties, sslMode);
    @Nullable String user = endpoint.user();
    if (user != null) {
      properties.setProperty("user", user);
    }
    @Nullable Secret password = endpoint.password();
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    return properties;
  }

  private static void tls(Properties properties, SslMode mode) {
    properties.setProperty(
        "sslMode",
        switch (mode) {
          case DISABLED, PREFERRED -> "disable";
          case REQUIRED -> "trust";
          case VERIFY_CA -> "verify-ca";
          case VERIFY_IDENTITY -> "verify-full";
        });
    if (mode == SslMode.DISABLED) {
      // Without TLS a server with caching_sha2_password needs its public key to take the password.
      properties.setProperty("allowPublicKeyRetrieval", "true");
    }
    if (mode != SslMode.DISABLED) {
      properties.setProperty("tlsSocketType", ClientTls.TYPE);
    }
  }

  /** Whether the driver asked for TLS and the server does not know it. */
  static boolean isTlsUnknown(SQLException e) {
    return e.getMessage() != null && e.getMessage().contains("ssl not enabled in the server");
  }
}
