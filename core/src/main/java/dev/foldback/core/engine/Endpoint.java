package dev.foldback.core.engine;

import dev.foldback.core.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and how to log in.
 *
 * @param scheme of the URL, such as {@code mysql}; it names the engine
 * @param host name or address
 * @param port 0 for the scheme's own
 * @param user null for the engine's usual default
 * @param password null where none was found
 * @param schema from the URL's path: the selection is then this schema; null for all
 * @param options query parameters of the URL, such as {@code socket} or {@code ssl-mode}; the
 *     engine rejects the ones it does not know
 */
public record Endpoint(
    String scheme,
    String host,
    int port,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String schema,
    Map<String, String> options) {
  public Endpoint {
    options = Map.copyOf(options);
  }

  /** Without password and options. */
  @Override
  public String toString() {
    return scheme
        + "://"
        + (user == null ? "" : user + "@")
        + host
        + (port == 0 ? "" : ":" + port)
        + (schema == null ? "" : "/" + schema);
  }
}
