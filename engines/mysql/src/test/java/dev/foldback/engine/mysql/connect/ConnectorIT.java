package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorIT {
  /** Kinds, not servers: JUnit closes arguments that can be closed. */
  static Stream<ServerKind> servers() {
    return Stream.of(ServerKind.MARIADB_11_4, ServerKind.MYSQL_8_0);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aUnixSocketWorks(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    Connector connector =
        Connector.to(with(server, "nowhere.invalid", Map.of("socket", server.socket().toString())));
    assertThat(one(connector.open("test"), "select 42")).isEqualTo("42");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void theSessionIsTheSameWhateverTheServersDefaults(ServerKind kind) throws SQLException {
    TestServer server = TestServers.shared(kind);
    Connector connector = Connector.to(server.endpoint());
    try (Connection open = connector.open("test");
        Connection rows = connector.openForRows("test")) {
      assertThat(value(open, "select @@time_zone")).isEqualTo("+00:00");
      assertThat(value(open, "select @@sql_mode"))
          .isEqualTo("NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES");
      assertThat(value(open, "select @@character_set_results")).isEqualTo("utf8mb4");
      assertThat(value(rows, "select coalesce(@@character_set_results,'none')")).isEqualTo("none");
      assertThat(value(open, "select '\u00e4\u4f60\ud83d\ude00'"))
          .isEqualTo("\u00e4\u4f60\ud83d\ude00");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aWrongPasswordIsALoginRefusedWithoutTheSecret(ServerKind kind) {
    TestServer server = TestServers.shared(kind);
    Endpoint all = server.endpoint();
    Endpoint wrong =
        new Endpoint(
            all.scheme(), all.host(), all.port(), all.user(), new Secret("hush"), null, Map.of());
    assertThatThrownBy(() -> Connector.to(wrong))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LOGIN_REFUSED);
              assertThat(e.getMessage() + e.hint()).doesNotContain("hush");
            });
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aPortThatNobodyListensOnIsUnreachable(ServerKind kind) {
    Endpoint all = TestServers.shared(kind).endpoint();
    Endpoint closed =
        new Endpoint(all.scheme(), all.host(), 1, all.user(), all.password(), null, Map.of());
    assertThatThrownBy(() -> Connector.to(closed))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void anUnknownOptionIsRejectedWithTheNearest(ServerKind kind) {
    TestServer server = TestServers.shared(kind);
    assertThatThrownBy(() -> Connector.to(with(server, server.host(), Map.of("sslmod", "x"))))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.hint()).contains("'ssl-mode'"));
  }

  private static Endpoint with(TestServer server, String host, Map<String, String> options) {
    Endpoint all = server.endpoint();
    return new Endpoint(all.scheme(), host, all.port(), all.user(), all.password(), null, options);
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (connection) {
      return value(connection, sql);
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
