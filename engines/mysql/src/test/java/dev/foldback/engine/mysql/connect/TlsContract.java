package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** TLS in every mode, with right and wrong certificates, and what accounts may ask for. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TlsContract {
  private static final String PASSWORD = "hush hush";

  private Certificates made;
  private TestServer secured;
  private TestServer elsewhere;
  private TestServer plain;

  abstract ServerKind kind();

  @BeforeAll
  void servers(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    // The space belongs to the test.
    made = Certificates.make(folder.resolve("cert files"));
    secured = server("server");
    elsewhere = server("elsewhere");
    plain =
        TestServers.fresh(
            kind(), ServerOptions.quick().with(kind().mariaDb() ? "--skip-ssl" : "--tls-version="));
    for (TestServer server : new TestServer[] {secured, plain}) {
      account(server, "anyone", "");
    }
    account(secured, "encrypted", "require ssl");
    account(secured, "known", "require x509");
    account(secured, "named", "require subject '/CN=the client'");
  }

  private TestServer server(String certificate) {
    return TestServers.fresh(
        kind(),
        ServerOptions.quick()
            .with(
                kind().mariaDb() ? "--ssl=1" : "--tls-version=TLSv1.2,TLSv1.3",
                "--ssl-ca=" + made.file("ca.pem"),
                "--ssl-cert=" + made.file(certificate + ".pem"),
                "--ssl-key=" + made.file(certificate + ".key")));
  }

  private static void account(TestServer server, String name, String require) throws SQLException {
    server.execute(
        "create user " + name + " identified by '" + PASSWORD + "' " + require,
        "grant select on *.* to " + name);
  }

  @AfterAll
  void stop() {
    for (TestServer server : new TestServer[] {secured, elsewhere, plain}) {
      if (server != null) {
        server.close();
      }
    }
  }

  @Test
  void eachModeConnectsWhereTheCertificateIsRight() throws SQLException {
    assertThat(cipher(secured, "anyone", "ssl-mode", "disabled")).isEmpty();
    assertThat(cipher(secured, "anyone", "ssl-mode", "required")).isNotEmpty();
    assertThat(cipher(secured, "anyone", "ssl-ca", ca())).isNotEmpty();
    assertThat(cipher(secured, "anyone", "ssl-mode", "verify-ca", "ssl-ca", ca())).isNotEmpty();
    assertThat(cipher(secured, "anyone", "ssl-mode", "verify-identity", "ssl-ca", ca()))
        .isNotEmpty();
  }

  @Test
  void preferredIsPlainOnThisHostWhereNobodyListensInBetween() throws SQLException {
    assertThat(cipher(secured, "anyone")).isEmpty();
    assertThat(cipher(plain, "anyone")).isEmpty();
  }

  @Test
  void preferredIsTlsToOtherHostsWhereTheServerHasIt() throws SQLException {
    assertThat(cipher(at("127.1", endpoint(secured, "encrypted")))).isNotEmpty();
    assertThat(cipher(at("127.1", endpoint(plain, "anyone")))).isEmpty();
  }

  private static Endpoint at(String host, Endpoint e) {
    return new Endpoint(e.scheme(), host, e.port(), e.user(), e.password(), null, e.options());
  }

  @Test
  void aServerWithoutTlsIsRefusedWhereItIsAskedFor() {
    for (String mode : new String[] {"required", "verify-ca", "verify-identity"}) {
      refused(ErrorCode.TLS_FAILED, "offers no TLS", plain, "anyone", "ssl-mode", mode);
    }
  }

  @Test
  void anotherAuthoritysCertificateIsRefused() {
    for (String mode : new String[] {"verify-ca", "verify-identity"}) {
      refused(
          ErrorCode.TLS_FAILED,
          "is not trusted",
          secured,
          "anyone",
          "ssl-mode",
          mode,
          "ssl-ca",
          made.file("other.pem"));
      refused(ErrorCode.TLS_FAILED, "is not trusted", secured, "anyone", "ssl-mode", mode);
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefusedByVerifyIdentityAlone() throws SQLException {
    account(elsewhere, "anyone", "");
    assertThat(cipher(elsewhere, "anyone", "ssl-mode", "verify-ca", "ssl-ca", ca())).isNotEmpty();
    refused(
        ErrorCode.TLS_FAILED,
        "not made out to that host",
        elsewhere,
        "anyone",
        "ssl-mode",
        "verify-identity",
        "ssl-ca",
        ca());
  }

  @Test
  void anAccountThatRequiresTlsGetsIt() throws SQLException {
    assertThat(cipher(secured, "encrypted", "ssl-mode", "required")).isNotEmpty();
    refused(
        ErrorCode.LOGIN_REFUSED, "refused the login", secured, "encrypted", "ssl-mode", "disabled");
  }

  @Test
  void anAccountThatRequiresACertificateGetsIt() throws SQLException {
    for (String key : new String[] {"client.key", "client-pkcs1.key"}) {
      for (String account : new String[] {"known", "named"}) {
        assertThat(
                cipher(
                    secured,
                    account,
                    "ssl-cert",
                    made.file("client.pem"),
                    "ssl-key",
                    made.file(key),
                    "ssl-ca",
                    ca()))
            .isNotEmpty();
      }
    }
    refused(ErrorCode.LOGIN_REFUSED, "refused the login", secured, "known", "ssl-mode", "required");
    refused(
        ErrorCode.LOGIN_REFUSED,
        "refused the login",
        secured,
        "named",
        "ssl-cert",
        made.file("server.pem"),
        "ssl-key",
        made.file("server.key"));
  }

  @Test
  void keysThatCannotBeUsedAreNamedBeforeAnythingIsSent() {
    refused(
        ErrorCode.BAD_URL,
        "need each other",
        secured,
        "known",
        "ssl-cert",
        made.file("client.pem"));
    refused(ErrorCode.BAD_URL, "can't read", secured, "known", "ssl-ca", made.file("no.pem"));
    refused(
        ErrorCode.BAD_CONFIGURATION,
        "is encrypted",
        secured,
        "known",
        "ssl-cert",
        made.file("client.pem"),
        "ssl-key",
        made.file("client-locked.key"));
    refused(
        ErrorCode.BAD_CONFIGURATION,
        "can't be used",
        secured,
        "known",
        "ssl-cert",
        made.file("client.pem"),
        "ssl-key",
        made.file("client.pem"));
  }

  @Test
  void aServerThatTakesTlsAloneSaysSo() throws SQLException {
    secured.execute("set global require_secure_transport=1");
    try {
      refused(ErrorCode.TLS_FAILED, "with TLS only", secured, "anyone", "ssl-mode", "disabled");
      assertThat(cipher(secured, "anyone", "ssl-mode", "required")).isNotEmpty();
    } finally {
      try (Connection connection =
              secured.connect(Map.of("sslMode", "trust", "allowPublicKeyRetrieval", "true"));
          Statement statement = connection.createStatement()) {
        statement.execute("set global require_secure_transport=0");
      }
    }
  }

  @Test
  void theOptionFileOfTheServersClientsIsUsed(@TempDir Path home) throws Exception {
    Files.writeString(
        home.resolve(".my.cnf"),
        "[client]\nssl-mode=VERIFY_IDENTITY\nssl_ca=\""
            + ca()
            + "\"\nssl-cert="
            + made.file("client.pem")
            + "\nssl-key="
            + made.file("client.key")
            + "\npassword='"
            + PASSWORD
            + "'\n");
    Endpoint all = secured.endpoint();
    Endpoint bare =
        new Endpoint(all.scheme(), all.host(), all.port(), "known", null, null, Map.of());
    assertThat(cipher(new OptionFiles(Map.of(), home).fill(bare))).isNotEmpty();
  }

  String ca() {
    return made.file("ca.pem");
  }

  TestServer secured() {
    return secured;
  }

  TestServer plain() {
    return plain;
  }

  static String cipher(TestServer server, String user, String... options) throws SQLException {
    return cipher(endpoint(server, user, options));
  }

  private static String cipher(Endpoint endpoint) throws SQLException {
    try (Connection connection = Connector.to(endpoint).open("test");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show session status like 'Ssl_cipher'")) {
      row.next();
      return row.getString(2);
    }
  }

  private static Endpoint endpoint(TestServer server, String user, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    Endpoint all = server.endpoint();
    return new Endpoint(
        all.scheme(), all.host(), all.port(), user, new Secret(PASSWORD), null, map);
  }

  private static void refused(
      ErrorCode code, String message, TestServer server, String user, String... options) {
    assertThatThrownBy(() -> Connector.to(endpoint(server, user, options)))
        .as("%s", String.join(" ", options))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.getMessage()).contains(message).doesNotContain("hush");
              assertThat(e.hint()).doesNotContain("hush");
              assertThat(e.code()).isEqualTo(code);
            });
  }
}
