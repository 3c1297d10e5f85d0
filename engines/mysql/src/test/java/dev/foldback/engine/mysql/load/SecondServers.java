package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.util.EnumMap;
import java.util.Map;

/** One more server of each kind for the tests of this module: the one that is restored to. */
final class SecondServers {
  private static final Map<ServerKind, TestServer> SERVERS = new EnumMap<>(ServerKind.class);

  private SecondServers() {}

  static synchronized TestServer of(ServerKind kind) {
    return SERVERS.computeIfAbsent(kind, TestServers::fresh);
  }
}
