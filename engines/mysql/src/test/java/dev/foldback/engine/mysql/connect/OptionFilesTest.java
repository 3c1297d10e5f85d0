package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFilesTest {
  @TempDir Path home;

  @Test
  void userPasswordPortAndSocketComeFromTheClientGroups() throws IOException {
    write("[client]\nuser=joe\npassword = 'a#b'\n[client-mariadb]\nsocket=/run/s.sock\n");
    Endpoint filled = fill(endpoint("localhost", null, null), Map.of());
    assertThat(filled.user()).isEqualTo("joe");
    assertThat(filled.password()).isEqualTo(new Secret("a#b"));
    assertThat(filled.options()).containsEntry("socket", "/run/s.sock");
  }

  @Test
  void otherGroupsAndCommentsAreNotRead() throws IOException {
    write("[mysqld]\nuser=daemon\n[client]\n# password=x\n;password=y\npassword=z # mine\n");
    Endpoint filled = fill(endpoint("localhost", null, null), Map.of());
    assertThat(filled.user()).isNull();
    assertThat(filled.password()).isEqualTo(new Secret("z"));
  }

  @Test
  void theEndpointsOwnWordsWinThenTheVariableThenTheFile() throws IOException {
    write("[client]\nuser=joe\npassword=file\n");
    Endpoint own = endpoint("localhost", "joe", "own");
    assertThat(fill(own, Map.of("MYSQL_PWD", "var")).password()).isEqualTo(new Secret("own"));
    Endpoint none = endpoint("localhost", "joe", null);
    assertThat(fill(none, Map.of("MYSQL_PWD", "var")).password()).isEqualTo(new Secret("var"));
    assertThat(fill(none, Map.of()).password()).isEqualTo(new Secret("file"));
  }

  @Test
  void aPasswordIsNotGivenToAnotherServerOrUser() throws IOException {
    write("[client]\nhost=db1\nuser=joe\npassword=file\n");
    assertThat(fill(endpoint("db1", null, null), Map.of()).password()).isNotNull();
    assertThat(fill(endpoint("db2", null, null), Map.of()).password()).isNull();
    assertThat(fill(endpoint("db1", "ann", null), Map.of()).password()).isNull();
  }

  @Test
  void whatTheFileSaysOfTlsIsForEveryServerAndTheUrlWins() throws IOException {
    write("[client]\nssl_ca=/ca.pem\nssl-cert=/c.pem\nssl-key=/k.pem\nssl-mode=VERIFY_IDENTITY\n");
    assertThat(fill(endpoint("db1", null, null), Map.of()).options())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ssl-ca", "/ca.pem",
                "ssl-cert", "/c.pem",
                "ssl-key", "/k.pem",
                "ssl-mode", "verify-identity"));
    Endpoint own =
        new Endpoint(
            "mysql", "db1", 0, null, null, null, Map.of("sslMode", "required", "ssl-cert", "/o"));
    assertThat(fill(own, Map.of()).options())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("ssl-ca", "/ca.pem", "ssl-cert", "/o", "sslMode", "required"));
  }

  @Test
  void aFileThatNamesAHostSaysNothingOfTlsToOthers() throws IOException {
    write("[client]\nhost=db1\nssl-ca=/ca.pem\n");
    assertThat(fill(endpoint("db1", null, null), Map.of()).options()).containsKey("ssl-ca");
    assertThat(fill(endpoint("db2", null, null), Map.of()).options()).isEmpty();
  }

  @Test
  void mariaDbsWordsForTlsAreKnown() throws IOException {
    Map<String, String> modes =
        Map.of(
            "ssl-verify-server-cert", "verify-identity",
            "skip-ssl", "disabled",
            "ssl=0", "disabled",
            "ssl", "required",
            "ssl-verify-server-cert=OFF", "required");
    for (Map.Entry<String, String> mode : modes.entrySet()) {
      write("[client-mariadb]\n" + mode.getKey() + "\npassword\n");
      Endpoint filled = fill(endpoint("db1", null, null), Map.of());
      assertThat(filled.options()).as(mode.getKey()).containsEntry("ssl-mode", mode.getValue());
      assertThat(filled.password()).isNull();
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(home.resolve(".my.cnf"), text);
  }

  private Endpoint fill(Endpoint endpoint, Map<String, String> environment) {
    return new OptionFiles(environment, home).fill(endpoint);
  }

  private static Endpoint endpoint(String host, @Nullable String user, @Nullable String password) {
    return new Endpoint(
        "mysql", host, 0, user, password == null ? null : new Secret(password), null, Map.of());
  }
}
