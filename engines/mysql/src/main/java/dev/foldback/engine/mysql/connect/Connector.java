package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.engine.mysql.connect.ConnectOptions.SslMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mariadb.jdbc.Driver;

/** Opens connections to one server. Safe for several threads. */
public final class Connector {
  /** The role of connections that take several statements at once. */
  static final String BATCHES = "swap";

  private final Endpoint endpoint;
  private final ConnectOptions options;
  private final Patience patience;
  private final Flavor flavor;

  private Connector(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.options = ConnectOptions.of(endpoint);
    this.patience = new Patience(options.answerTimeout(), new Questions());
    try (Connection first = connect("inspect");
        Statement statement = first.createStatement();
        ResultSet version = statement.executeQuery("select version()")) {
      version.next();
      this.flavor = Flavor.parse(version.getString(1));
    } catch (SQLException e) {
      throw ConnectErrors.of(endpoint, options, e);
    }
  }

  /** Connects once to see what server it is. */
  public static Connector to(Endpoint endpoint) {
    return new Connector(endpoint);
  }

  public Flavor flavor() {
    return flavor;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * A new connection in Foldback's standard session: utf8mb4 for statements and results, time zone
   * +00:00, an empty sql_mode but for NO_AUTO_VALUE_ON_ZERO and ALLOW_INVALID_DATES, no statement
   * time-out, REPEATABLE READ. The server shows it as {@code foldback role}.
   *
   * @param role what it is for, such as {@code catalog} or {@code load}
   */
  public Connection open(String role) {
    return open(role, Session.standard(flavor));
  }

  /**
   * As {@link #open}, but results come in the columns' own bytes, whatever their character sets:
   * for {@code RowReader} alone. Texts of the server, such as definitions, must be read through a
   * connection of the other kind.
   */
  public Connection openForRows(String role) {
    return open(role, Session.standard(flavor) + ",character_set_results=NULL");
  }

  /**
   * As {@link #open}, but one request may hold several statements. The server runs them all,
   * whether the client is still there or not.
   */
  public Connection openForBatches() {
    return open(BATCHES, Session.standard(flavor));
  }

  private Connection open(String role, String variables) {
    if (Thread.currentThread().isInterrupted()) {
      throw new FoldbackException(
          ErrorCode.INTERRUPTED, "stopped before the end", "Run the same command again.");
    }
    try {
      Connection connection = connect(role);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET " + variables);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw ConnectErrors.of(endpoint, options, e);
    }
  }

  /** On connections that need nothing but the login. */
  private final class Questions implements Patience.Server {
    /** An error of the server's, such as too many connections, is an answer as well. */
    @Override
    public boolean isAnswering() {
      try (Connection connection = connect("question");
          Statement statement = connection.createStatement()) {
        return statement.execute("select 1");
      } catch (SQLException e) {
        return e.getErrorCode() > 0;
      }
    }

    @Override
    public void kill(List<Long> sessions) {
      try (Connection connection = connect("question");
          Statement statement = connection.createStatement()) {
        for (long session : sessions) {
          kill(statement, session);
        }
      } catch (SQLException e) {
        // The server takes no connection: it ends the sessions when it sees theirs closed.
        return;
      }
    }

    private static void kill(Statement statement, long session) {
      try {
        statement.execute("KILL " + session);
      } catch (SQLException e) {
        // Gone by itself.
        return;
      }
    }
  }

  private Connection connect(String role) throws SQLException {
    if (options.sslMode() != SslMode.PREFERRED) {
      return connect(role, options.sslMode());
    }
    if (options.socket() != null || DriverProperties.isLoopback(endpoint)) {
      // Nobody can listen in between, and TLS would cost both sides a good part of a core.
      return connect(role, SslMode.DISABLED);
    }
    try {
      return connect(role, SslMode.REQUIRED);
    } catch (SQLException e) {
      if (!DriverProperties.isTlsUnknown(e)) {
        throw e;
      }
      return connect(role, SslMode.DISABLED);
    }
  }

  private Connection connect(String role, SslMode sslMode) throws SQLException {
    Connecting connecting = new Connecting(options, patience);
    org.mariadb.jdbc.Connection connection =
        ScopedValue.where(Connecting.SCOPE, connecting)
            .call(
                () ->
                    new Driver()
                        .connect(
                            DriverProperties.url(endpoint),
                            DriverProperties.of(endpoint, options, role, sslMode)));
    connecting.connected(connection.getThreadId());
    return connection;
  }
}
