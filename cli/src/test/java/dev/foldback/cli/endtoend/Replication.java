package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.TestServer;
import java.time.Duration;

/** Replication by GTID between servers of one kind. */
final class Replication {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Replication() {}

  /** Statements that make a server the replica of that one. */
  static String[] from(TestServer source) {
    String to =
        "CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%d, MASTER_USER='%s', MASTER_PASSWORD='%s',"
            .formatted(source.host(), source.port(), source.user(), source.password());
    return new String[] {
      to
          + (source.kind().mariaDb()
              ? " MASTER_USE_GTID=slave_pos, MASTER_SSL=0"
              : " MASTER_AUTO_POSITION=1, GET_MASTER_PUBLIC_KEY=1"),
      "START SLAVE"
    };
  }

  /** Waits until the replica has all that the source has now. */
  static void await(TestServer replica, TestServer source) throws Exception {
    boolean mariaDb = source.kind().mariaDb();
    String seconds = String.valueOf(LIMIT.toSeconds());
    String position =
        source.texts(mariaDb ? "SELECT @@gtid_binlog_pos" : "SELECT @@gtid_executed").getFirst();
    String wait =
        mariaDb
            ? "SELECT MASTER_GTID_WAIT('" + position + "', " + seconds + ")"
            : "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + position + "', " + seconds + ")";
    assertThat(replica.texts(wait)).as("the replica follows").containsExactly("0");
  }
}
