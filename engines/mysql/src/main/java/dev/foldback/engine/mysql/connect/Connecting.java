package dev.foldback.engine.mysql.connect;

/**
 * What the driver's plug-ins, which it makes itself, need to know of the connection that this
 * thread is opening.
 *
 * @param patience ends waits for a server that does not answer
 */
record Connecting(ConnectOptions options, Patience patience) {
  static final ScopedValue<Connecting> SCOPE = ScopedValue.newInstance();
}
