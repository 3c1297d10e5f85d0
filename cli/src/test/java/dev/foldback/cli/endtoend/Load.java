package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Small and large transactions with rotations in between, from a thread of its own. */
final class Load implements AutoCloseable {
  private final Thread thread;
  private volatile boolean stop;
  private final AtomicInteger steps = new AtomicInteger();

  private Load(TestServer server, long seed) {
    thread = Thread.ofPlatform().daemon().name("load").start(() -> run(server, seed));
  }

  static Load start(TestServer server, long seed) throws SQLException {
    server.execute(
        "create database if not exists t",
        "create table if not exists t.a (id int auto_increment primary key, b longtext)");
    return new Load(server, seed);
  }

  int steps() {
    return steps.get();
  }

  private void run(TestServer server, long seed) {
    Random random = new Random(seed);
    while (!stop) {
      try (Connection connection = server.connect();
          Statement s = connection.createStatement()) {
        while (!stop) {
          step(s, random);
          steps.incrementAndGet();
        }
      } catch (SQLException e) {
        // The test may have ended the server: tried again until it is told to stop.
        pause();
      }
    }
  }

  private static void step(Statement s, Random random) throws SQLException {
    switch (random.nextInt(150)) {
      case 0 -> s.execute("flush binary logs");
      case 1 -> s.execute("insert into t.a (b) values (repeat('x', 5000000))");
      case 2 -> s.execute("create table if not exists t.b" + random.nextInt(9) + " (id int)");
      case 3 -> s.execute("drop table if exists t.b" + random.nextInt(9));
      case 4 -> s.execute("delete from t.a");
      default -> {
        s.execute("begin");
        s.execute("insert into t.a (b) values (repeat('y', " + random.nextInt(5000) + "))");
        s.execute("update t.a set b='z' order by id desc limit 3");
        s.execute(random.nextInt(5) == 0 ? "rollback" : "commit");
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it and waits for that. */
  @Override
  public void close() throws InterruptedException {
    stop = true;
    thread.join();
  }
}
