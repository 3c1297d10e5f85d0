package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.Endpoint;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection could not be had. Messages never hold a secret. */
final class ConnectErrors {
  private static final Set<Integer> LOGIN = Set.of(1045, 1698, 1396, 1862, 3118, 4151);
  private static final Set<Integer> FULL = Set.of(1040, 1203, 1226);
  private static final int TLS_NEEDED = 3159;

  private ConnectErrors() {}

  static FoldbackException of(Endpoint endpoint, ConnectOptions options, SQLException e) {
    if (DriverProperties.isTlsUnknown(e)) {
      return tls(
          endpoint + " offers no TLS, and ssl-mode asks for it; the password was not sent",
          "Turn TLS on at the server, or use ssl-mode=preferred on a network that you trust.",
          e);
    }
    if (e.getErrorCode() == TLS_NEEDED) {
      return tls(
          endpoint + " takes connections with TLS only", "Use ssl-mode=required or better.", e);
    }
    if (isWrongName(e)) {
      return tls(
          "the certificate of " + endpoint + " is not made out to that host",
          "Connect by a name that the certificate holds, or use ssl-mode=verify-ca.",
          e);
    }
    if (LOGIN.contains(e.getErrorCode()) || "28000".equals(e.getSQLState())) {
      return new FoldbackException(
          ErrorCode.LOGIN_REFUSED,
          endpoint + " refused the login: " + ServerErrors.text(e),
          "Check user and password: MYSQL_PWD, ~/.my.cnf, or a password file. The server also"
              + " looks at the host that the connection comes from, and for an account with REQUIRE"
              + " at TLS (ssl-mode=required) and the client's certificate (ssl-cert, ssl-key).",
          e);
    }
    if (FULL.contains(e.getErrorCode())) {
      return new FoldbackException(
          ErrorCode.SERVER_UNREACHABLE,
          endpoint + " takes no more connections: " + ServerErrors.text(e),
          "Use fewer --threads, or raise max_connections or the account's limit.",
          e);
    }
    if (cause(e, CertificateException.class) != null) {
      return tls(
          "the certificate of "
              + endpoint
              + " is not trusted: it does not come from "
              + (options.authority() == null
                  ? "an authority that Java knows"
                  : "the authority in " + options.authority())
              + ", or is not valid now",
          "Give the certificate of the server's authority with ssl-ca, once you know that it is"
              + " the right one.",
          e);
    }
    @Nullable SSLException tls = cause(e, SSLException.class);
    if (tls != null) {
      return tls(
          "TLS with " + endpoint + " failed: " + tls.getMessage(),
          "Check ssl-mode and the client's certificate, and the server's error log.",
          e);
    }
    return new FoldbackException(
        ErrorCode.SERVER_UNREACHABLE,
        "can't connect to " + endpoint + ": " + ServerErrors.text(e),
        "Check that the server runs, the host and port or socket, and TLS (option ssl-mode).",
        e);
  }

  private static boolean isWrongName(SQLException e) {
    return String.valueOf(e.getMessage()).contains("SSL hostname verification failed");
  }

  private static FoldbackException tls(String message, String hint, SQLException e) {
    return new FoldbackException(ErrorCode.TLS_FAILED, message, hint, e);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
