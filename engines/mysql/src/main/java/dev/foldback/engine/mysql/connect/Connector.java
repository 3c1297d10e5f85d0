package dev.foldback.engine.mysql.connect;

import dev.foldback.core.engine.Endpoint;
import dev.foldback.engine.mysql.connect.ConnectOptions.SslMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.mariadb.jdbc.Driver;

/** Opens connections to one server. Safe for several threads. */
public final class Connector {
  private final Endpoint endpoint;
  private final ConnectOptions options;
  private final Connecting scope;
  private final Flavor flavor;

  private Connector(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.options = ConnectOptions.of(endpoint);
    Patience patience = new Patience(options.answerTimeout(), this::isAnswering);
    this.scope = new Connecting(options, patience);
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

  private Connection open(String role, String variables) {
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

  /** An error of the server's, such as too many connections, is an answer as well. */
  private boolean isAnswering() {
    try (Connection connection = connect("question");
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException e) {
      return e.getErrorCode() > 0;
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
    return ScopedValue.where(Connecting.SCOPE, scope)
        .call(
            () ->
                new Driver()
                    .connect(
                        DriverProperties.url(endpoint),
                        DriverProperties.of(endpoint, options, role, sslMode)));
  }
}
