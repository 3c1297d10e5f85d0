package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An ordinary application that both families can hold, with accounts of its own. */
final class Application {
  private Application() {}

  /**
   * Makes schema {@code app}.
   *
   * @param plugin that its accounts log in by, on MySQL
   */
  static void fill(TestServer server, String plugin) throws SQLException, IOException {
    run(server, read("application.sql"));
    String more = server.kind().mariaDb() ? "application-mariadb.sql" : "application-mysql.sql";
    run(server, read(more).replace("PLUGIN", plugin));
  }

  /** What its users do: everything that has code in the server runs. */
  static void use(TestServer server) throws SQLException, IOException {
    run(server, read("application-use.sql"));
  }

  /** Makes schema {@code differs}: what one family or version takes and another may not. */
  static void differ(TestServer server) throws SQLException, IOException {
    run(
        server,
        read(server.kind().mariaDb() ? "differences-mariadb.sql" : "differences-mysql.sql"));
    if (server.kind() == ServerKind.MYSQL_8_0) {
      run(server, read("differences-mysql80.sql"));
    }
  }

  /** Whether the account of the application can log in with its password and read. */
  static boolean logsIn(TestServer server, String user, String password) throws SQLException {
    String url =
        "jdbc:mariadb://"
            + server.host()
            + ":"
            + server.port()
            + "/app?allowPublicKeyRetrieval=true";
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      return statement.executeQuery("select id from customer").next();
    }
  }

  private static void run(TestServer server, String script) throws SQLException {
    try (Connection connection = server.connect(Map.of("sessionVariables", "time_zone='+00:00'"));
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements(script)) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> statements(String script) {
    return Arrays.stream(script.split(";;\n", -1)).filter(s -> !s.isBlank()).toList();
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Application.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
