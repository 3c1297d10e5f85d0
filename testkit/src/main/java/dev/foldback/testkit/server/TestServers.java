package dev.foldback.testkit.server;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Gives tests their servers. {@link #shared} starts one of each kind per JVM and hands it to
 * whoever asks; a test that kills, fills or reconfigures its server takes a {@link #fresh} one.
 *
 * <p>Where a kind is not on this machine, the test that asks for it is skipped with the reason.
 * {@code FOLDBACK_SERVERS}, a comma-separated list of labels such as {@code
 * mysql-8.0,mariadb-11.4}, names those that must be there: asking for a missing one of them fails.
 * Without it that is all of them where {@code CI} is {@code true}, and elsewhere the two that come
 * with Maven's jars.
 */
public final class TestServers {
  private static final Map<ServerKind, TestServer> SHARED = new EnumMap<>(ServerKind.class);

  private TestServers() {}

  /** The shared MariaDB 11.4. */
  public static TestServer mariaDb114() {
    return shared(ServerKind.MARIADB_11_4);
  }

  /** The shared MySQL 8.0. */
  public static TestServer mySql80() {
    return shared(ServerKind.MYSQL_8_0);
  }

  /** The shared MariaDB 10.11. */
  public static TestServer mariaDb1011() {
    return shared(ServerKind.MARIADB_10_11);
  }

  /** The shared MySQL 9.7. */
  public static TestServer mySql97() {
    return shared(ServerKind.MYSQL_9_7);
  }

  /** The shared MariaDB 11.8. */
  public static TestServer mariaDb118() {
    return shared(ServerKind.MARIADB_11_8);
  }

  /** The one server of this kind that all tests of this JVM share; begun at the first call. */
  public static TestServer shared(ServerKind kind) {
    synchronized (SHARED) {
      TestServer server = SHARED.get(kind);
      if (server == null) {
        server = fresh(kind);
        SHARED.put(kind, server);
      } else if (!server.isRunning()) {
        server.restart();
      }
      return server;
    }
  }

  /** A new, empty server with quick options, for the caller alone, who closes it. */
  public static TestServer fresh(ServerKind kind) {
    return fresh(kind, ServerOptions.quick());
  }

  /** A new, empty server for the caller alone, who closes it. */
  public static TestServer fresh(ServerKind kind, ServerOptions options) {
    try {
      return TestServer.start(Distributions.find(kind), options);
    } catch (ServerAbsentException e) {
      if (isRequired(kind)) {
        throw e;
      }
      throw new TestAbortedException(e.getMessage(), e);
    }
  }

  private static boolean isRequired(ServerKind kind) {
    String named = System.getenv("FOLDBACK_SERVERS");
    if (named != null && !named.isBlank()) {
      List<String> labels = Arrays.stream(named.split(",", -1)).map(String::strip).toList();
      return labels.contains(kind.label());
    }
    boolean fromJars = kind == ServerKind.MARIADB_11_4 || kind == ServerKind.MYSQL_8_0;
    return fromJars || "true".equals(System.getenv("CI"));
  }
}
