package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills what an endpoint does not say from where the servers' own clients look: the variable {@code
 * MYSQL_PWD}, then {@code ~/.my.cnf}. The endpoint's own words always win. What the file says of
 * TLS is for every server, or for the one host that it names.
 *
 * <p>A password is only taken from {@code ~/.my.cnf} for the server it belongs to: where the file
 * names a host, another host does not get it.
 */
public final class OptionFiles {
  private static final Set<String> GROUPS =
      Set.of("client", "client-mariadb", "client-server", "mysql", "mariadb-client", "foldback");

  private final Map<String, String> environment;
  private final Path home;

  /**
   * @param environment the process's variables
   * @param home the folder that may hold {@code .my.cnf}
   */
  public OptionFiles(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
  }

  /** The endpoint with user, password, port, socket and TLS added where it had none. */
  public Endpoint fill(Endpoint endpoint) {
    Map<String, String> file = read(home.resolve(".my.cnf"));
    boolean sameServer = isSameServer(endpoint, file);
    @Nullable String user = endpoint.user();
    @Nullable String fileUser = file.get("user");
    boolean sameUser = sameServer && (user == null || fileUser == null || user.equals(fileUser));
    if (user == null && sameServer) {
      user = fileUser;
    }
    Map<String, String> options = new HashMap<>(endpoint.options());
    int port = endpoint.port();
    if (!file.containsKey("host") || sameServer) {
      options.putAll(FileTls.options(file, options));
    }
    if (sameServer) {
      @Nullable String socket = file.get("socket");
      if (socket != null && port == 0 && isLocal(endpoint)) {
        options.putIfAbsent("socket", socket);
      }
      port = port == 0 ? port(file) : port;
    }
    return new Endpoint(
        endpoint.scheme(),
        endpoint.host(),
        port,
        user,
        password(endpoint, sameUser ? file.get("password") : null),
        endpoint.schema(),
        options);
  }

  private @Nullable Secret password(Endpoint endpoint, @Nullable String inFile) {
    if (endpoint.password() != null) {
      return endpoint.password();
    }
    @Nullable String variable = environment.get("MYSQL_PWD");
    if (variable != null) {
      return new Secret(variable);
    }
    return inFile == null ? null : new Secret(inFile);
  }

  /** A file that names no host speaks of the server on this machine, as it does for the clients. */
  private static boolean isSameServer(Endpoint endpoint, Map<String, String> file) {
    @Nullable String host = file.get("host");
    boolean sameHost =
        host == null
            ? isLocal(endpoint)
            : host.equalsIgnoreCase(endpoint.host()) || (LOCAL.contains(host) && isLocal(endpoint));
    return sameHost
        && (endpoint.port() == 0 || !file.containsKey("port") || endpoint.port() == port(file));
  }

  private static final Set<String> LOCAL = Set.of("", "localhost", "127.0.0.1", "::1");

  private static boolean isLocal(Endpoint endpoint) {
    return LOCAL.contains(endpoint.host().toLowerCase(Locale.ROOT));
  }

  private static int port(Map<String, String> file) {
    String port = file.getOrDefault("port", "0");
    return port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> values = new HashMap<>();
    if (!Files.isRegularFile(file)) {
      return values;
    }
    try {
      String group = "";
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          group = text.substring(1, text.length() - 1).strip().toLowerCase(Locale.ROOT);
        } else if (GROUPS.contains(group) && !text.startsWith("#") && !text.startsWith(";")) {
          add(values, text);
        }
      }
      return values;
    } catch (IOException e) {
      throw new FoldbackException(
          ErrorCode.BAD_CONFIGURATION,
          "can't read " + file + ": " + e.getMessage(),
          "Check its permissions and that it is UTF-8, or give user and password otherwise.",
          e);
    }
  }

  private static void add(Map<String, String> values, String line) {
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).strip().replace('_', '-');
    if (equals > 0) {
      values.put(name, value(line.substring(equals + 1).strip()));
    } else if (name.contains("ssl")) {
      values.put(name, "");
    }
  }

  /** Quotes around a value, and backslash sequences in it, as the clients read them. */
  private static String value(String text) {
    String inner = text;
    boolean quoted = false;
    if (text.length() >= 2 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      quoted = end > 0;
      inner = quoted ? text.substring(1, end) : text;
    }
    if (!quoted) {
      inner = inner.replaceFirst("\\s+#.*$", "");
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\' && i + 1 < inner.length()) {
        char next = inner.charAt(++i);
        switch (next) {
          case 'n' -> plain.append('\n');
          case 't' -> plain.append('\t');
          case 'r' -> plain.append('\r');
          case 'b' -> plain.append('\b');
          case 's' -> plain.append(' ');
          case '\\', '"', '\'' -> plain.append(next);
          default -> plain.append(c).append(next);
        }
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
