package dev.foldback.testkit.server;

/** A kind of server is not on this machine. */
public final class ServerAbsentException extends RuntimeException {
  ServerAbsentException(ServerKind kind, String why) {
    super(kind + " is not on this machine (" + why + "): run testkit/setup");
  }
}
