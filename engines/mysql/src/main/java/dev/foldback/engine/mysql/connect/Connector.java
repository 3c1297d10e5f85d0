package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server. Safe for several threads. */
public final class Connector {
  private final Endpoint endpoint;
  private final Flavor flavor;

  private Connector(Endpoint endpoint, Flavor flavor) {
    this.endpoint = endpoint;
    this.flavor = flavor;
  }

  /** Connects once to see what server it is. */
  public static Connector to(Endpoint endpoint) {
    try (Connection first = connect(endpoint, "inspect");
        Statement statement = first.createStatement();
        ResultSet version = statement.executeQuery("select version()")) {
      version.next();
      return new Connector(endpoint, Flavor.parse(version.getString(1)));
    } catch (SQLException e) {
      throw failed(endpoint, e);
    }
  }

  public Flavor flavor() {
    return flavor;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * A new connection in Foldback's standard session: utf8mb4 for statements and definitions,
   * results in the columns' own bytes, time zone +00:00, an empty sql_mode but for
   * NO_AUTO_VALUE_ON_ZERO and ALLOW_INVALID_DATES, no statement time-out. The server shows it as
   * {@code foldback role}.
   *
   * @param role what it is for, such as {@code read} or {@code load}
   */
  public Connection open(String role) {
    try {
      return connect(endpoint, role);
    } catch (SQLException e) {
      throw failed(endpoint, e);
    }
  }

  private static Connection connect(Endpoint endpoint, String role) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectionAttributes", "program_name:foldback,role:" + role);
    properties.setProperty("allowLocalInfile", "true");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    properties.setProperty(
        "sessionVariables",
        "time_zone='+00:00',sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
    @Nullable String user = endpoint.user();
    if (user != null) {
      properties.setProperty("user", user);
    }
    @Nullable Secret password = endpoint.password();
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    int port = endpoint.port() == 0 ? 3306 : endpoint.port();
    return DriverManager.getConnection(
        "jdbc:mariadb://" + endpoint.host() + ":" + port + "/", properties);
  }

  private static FoldbackException failed(Endpoint endpoint, SQLException e) {
    return new FoldbackException(
        ErrorCode.SERVER_UNREACHABLE,
        "can't connect to " + endpoint + ": " + e.getMessage(),
        "Check host, port, user and password.",
        e);
  }
}
