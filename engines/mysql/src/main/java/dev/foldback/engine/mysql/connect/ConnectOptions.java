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
import org.jspecify.annotations.Nullable;

/**
 * The options of a server's URL.
 *
 * @param socket a Unix socket to use in place of host and port
 * @param authority certificates, PEM, that the server's must come from
 */
record ConnectOptions(
    @Nullable Path socket, SslMode sslMode, @Nullable Path authority, Duration connectTimeout) {

  /** How much TLS is asked for, with the words that the servers' own clients use. */
  enum SslMode {
    DISABLED,
    PREFERRED,
    REQUIRED,
    VERIFY_CA,
    VERIFY_IDENTITY
  }

  private static final List<String> NAMES =
      List.of("socket", "ssl-mode", "ssl-ca", "connect-timeout");

  static ConnectOptions of(Endpoint endpoint) {
    Map<String, String> given = new java.util.HashMap<>();
    endpoint.options().forEach((name, value) -> given.put(known(name), value));
    @Nullable Path authority = file(given, "ssl-ca");
    SslMode implied = authority == null ? SslMode.PREFERRED : SslMode.VERIFY_CA;
    SslMode mode = given.containsKey("ssl-mode") ? mode(given.get("ssl-mode")) : implied;
    return new ConnectOptions(path(given, "socket"), mode, authority, timeout(given));
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

  private static String plain(String name) {
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

  private static Duration timeout(Map<String, String> given) {
    String value = given.getOrDefault("connect-timeout", "10");
    try {
      long seconds = Long.parseLong(value);
      if (seconds > 0 && seconds <= 86_400) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      throw badTimeout(value);
    }
    throw badTimeout(value);
  }

  private static FoldbackException badTimeout(String value) {
    return bad("connect-timeout is '" + value + "'", "Give whole seconds, such as 10.");
  }

  private static FoldbackException bad(String message, String hint) {
    return new FoldbackException(ErrorCode.BAD_URL, message, hint);
  }
}
