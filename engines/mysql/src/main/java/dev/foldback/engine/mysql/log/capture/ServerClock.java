package dev.foldback.engine.mysql.log.capture;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The server's clock, asked once: it goes on by this host's steady time, whatever clocks do. */
final class ServerClock {
  private final Instant then;
  private final long at;

  ServerClock(Instant then, long at) {
    this.then = then;
    this.at = at;
  }

  static ServerClock ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select unix_timestamp(now(6))")) {
      result.next();
      BigDecimal seconds = result.getBigDecimal(1);
      // Taken after the answer, so that it never runs ahead of the server's.
      return new ServerClock(
          Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue()), System.nanoTime());
    }
  }

  Instant now() {
    return then.plusNanos(System.nanoTime() - at).truncatedTo(ChronoUnit.MICROS);
  }
}
