package dev.foldback.testkit.server;

/** Starts a server, prints its process id and sleeps, to be killed. */
final class StartsAServer {
  private StartsAServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println(TestServers.fresh(ServerKind.MARIADB_11_4).pid());
    Thread.sleep(60_000);
  }
}
