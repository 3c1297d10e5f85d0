package dev.foldback.engine.mysql.connect;

import dev.foldback.core.EditDistance;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The options of a server's URL.
 *
 * @param socket a Unix socket to use in place of host and port
 * @param authority certificates, PEM, that the server's must come from
 * @param trust who vouches for the server; none where nobody needs to
 * @param keys that prove who the client is; none where no certificate was given
 * @param answerTimeout after which a server that answers nothing is taken to be gone
 */
record ConnectOptions(
    @Nullable Path socket,
    SslMode sslMode,
    @Nullable Path authority,
    List<TrustManager> trust,
    List<KeyManager> keys,
    Duration connectTimeout,
    Duration answerTimeout) {

  /** How much TLS is asked for, with the words that the servers' own clients use. */
  enum SslMode {
    DISABLED,
    PREFERRED,
    REQUIRED,
    VERIFY_CA,
    VERIFY_IDENTITY
  }

  private static final List<String> NAMES =
      List.of(
          "socket",
          "ssl-mode",
          "ssl-ca",
          "ssl-cert",
          "ssl-key",
          "connect-timeout",
          "answer-timeout");

  static ConnectOptions of(Endpoint endpoint) {
    Map<String, String> given = new java.util.HashMap<>();
    endpoint.options().forEach((name, value) -> given.put(known(name), value));
    @Nullable Path authority = file(given, "ssl-ca");
    List<KeyManager> keys = keys(file(given, "ssl-cert"), file(given, "ssl-key"));
    SslMode implied =
        authority != null
            ? SslMode.VERIFY_CA
            : keys.isEmpty() ? SslMode.PREFERRED : SslMode.REQUIRED;
    SslMode mode = given.containsKey("ssl-mode") ? mode(given.get("ssl-mode")) : implied;
    boolean verified = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_IDENTITY;
    return new ConnectOptions(
        path(given, "socket"),
        mode,
        authority,
        verified ? PemFiles.trust(authority) : List.of(),
        keys,
        timeout(given, "connect-timeout", "10"),
        timeout(given, "answer-timeout", "60"));
  }

  private static List<KeyManager> keys(@Nullable Path certificate, @Nullable Path key) {
    if (certificate == null && key == null) {
      return List.of();
    }
    if (certificate == null || key == null) {
      throw bad(
          "ssl-cert and ssl-key need each other",
          "Give both: the client's certificate and its private key, in PEM files.");
    }
    return PemFiles.identity(certificate, key);
  }

  private static String known(String name) {
    String plain = plain(name);
    return NAMES.stream()
        .filter(n -> plain(n).equals(plain))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    "'" + name + "' is not an option of a MySQL or MariaDB URL",
                    "Did you mean '" + nearest(plain) + "'? Known: " + String.join(", ", NAMES)));
  }

  /** The name without what people write differently. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static String nearest(String plain) {
    return NAMES.stream()
        .min(Comparator.comparingInt(n -> EditDistance.between(plain, plain(n))))
        .orElseThrow();
  }

  private static SslMode mode(@Nullable String value) {
    String plain = plain(String.valueOf(value));
    for (SslMode mode : SslMode.values()) {
      if (plain(mode.name()).equals(plain)) {
        return mode;
      }
    }
    throw bad(
        "'" + value + "' is not an ssl-mode",
        "Use disabled, preferred, required, verify-ca or verify-identity.");
  }

  private static @Nullable Path path(Map<String, String> given, String name) {
    String value = given.get(name);
    return value == null ? null : Path.of(value);
  }

  private static @Nullable Path file(Map<String, String> given, String name) {
    @Nullable Path path = path(given, name);
    if (path != null && !Files.isReadable(path)) {
      throw bad(name + ": can't read " + path, "Check the path and its permissions.");
    }
    return path;
  }

  private static Duration timeout(Map<String, String> given, String name, String usual) {
    String value = given.getOrDefault(name, usual);
    long seconds = value.matches("\\d{1,5}") ? Long.parseLong(value) : 0;
    if (seconds == 0 || seconds > 86_400) {
      throw bad(name + " is '" + value + "'", "Give whole seconds, such as " + usual + ".");
    }
    return Duration.ofSeconds(seconds);
  }

  private static FoldbackException bad(String message, String hint) {
    return new FoldbackException(ErrorCode.BAD_URL, message, hint);
  }
}
