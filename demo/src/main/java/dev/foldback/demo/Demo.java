package dev.foldback.demo;

import dev.foldback.testkit.OwnFolder;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/**
 * Tells the main job as a story on a real server: fill, back up, destroy, restore to a new place,
 * compare. Everything lives in a temporary folder; nothing is left running.
 */
public final class Demo {
  private static final String DISASTER =
      "set foreign_key_checks=0; drop table shop.orders; update shop.customer set email=concat('x',"
          + " id)";
  private final Story story = new Story(System.out);

  private Demo() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      System.err.println("usage: foldback demo");
      System.exit(2);
    }
    System.exit(new Demo().run());
  }

  private int run() throws IOException, SQLException, InterruptedException {
    Path folder = OwnFolder.make("demo");
    try {
      return tell(folder);
    } finally {
      OwnFolder.delete(folder);
    }
  }

  private int tell(Path folder) throws IOException, SQLException, InterruptedException {
    story.title("A shop on a real MariaDB");
    try (TestServer server = start()) {
      story.timed("filled the shop", () -> ShopData.fill(server));
      Map<String, String> before = ShopData.checksums(server);
      story.say(ShopData.describe(server));
      Commands foldback = new Commands(folder, story, server.password());

      story.title("Back it up");
      boolean ok =
          foldback.run("init", "--repo", "repo", "--key-file", "recovery.key")
              && foldback.run("backup", server.url(), "--repo", "repo", "--name", "shop");

      story.title("Again, with nothing changed: no row is sent a second time");
      ok =
          ok
              && foldback.run(
                  "backup",
                  server.url(),
                  "--repo",
                  "repo",
                  "--name",
                  "shop",
                  "--way",
                  "differential");

      story.title("Disaster");
      story.say("mariadb> " + DISASTER);
      server.execute(DISASTER.split("; ", -1));
      story.say("The orders are gone, and every customer's address is wrong.");

      story.title("Restore to a new, empty server");
      try (TestServer place = start()) {
        Commands there = new Commands(folder, story, place.password());
        ok =
            ok
                && there.run(
                    "restore",
                    "shop",
                    "--to",
                    place.url(),
                    "--repo",
                    "repo",
                    "--key-file",
                    "recovery.key");
        story.title("Is it the same? The server's own checksums, before the disaster and now");
        boolean same = story.compare(before, ShopData.checksums(place));
        story.title("Prove the repository");
        ok =
            ok
                && same
                && foldback.run("verify", "--repo", "repo", "--key-file", "recovery.key")
                && foldback.run("list", "--repo", "repo");
      }
      story.title(ok ? "All of it came back. Nothing is left running." : "The demo FAILED.");
      return ok ? 0 : 1;
    }
  }

  private TestServer start() {
    return story.timed(
        "started a server",
        () -> TestServers.fresh(ServerKind.MARIADB_11_4, ServerOptions.quick()));
  }
}
