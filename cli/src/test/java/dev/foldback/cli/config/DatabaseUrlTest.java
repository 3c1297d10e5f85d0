package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void everyPartIsReadAndDecoded() {
    var endpoint =
        DatabaseUrl.parse(
            "mariadb://a%40b:p%3A%2F%C3%A9@db.example:3307/sh%20op?ssl-mode=require&x=1%262");
    assertThat(endpoint.scheme()).isEqualTo("mariadb");
    assertThat(endpoint.user()).isEqualTo("a@b");
    assertThat(endpoint.password()).isEqualTo(new Secret("p:/é"));
    assertThat(endpoint.host()).isEqualTo("db.example");
    assertThat(endpoint.port()).isEqualTo(3307);
    assertThat(endpoint.schema()).isEqualTo("sh op");
    assertThat(endpoint.options()).isEqualTo(Map.of("ssl-mode", "require", "x", "1&2"));
  }

  @Test
  void aHostAloneIsEnough() {
    var endpoint = DatabaseUrl.parse("mysql://db1");
    assertThat(endpoint.host()).isEqualTo("db1");
    assertThat(endpoint.port()).isZero();
    assertThat(endpoint.user()).isNull();
    assertThat(endpoint.password()).isNull();
    assertThat(endpoint.schema()).isNull();
    assertThat(endpoint.options()).isEmpty();
  }

  @Test
  void anEmptySchemaMeansAll() {
    assertThat(DatabaseUrl.parse("mysql://db1/").schema()).isNull();
  }

  @Test
  void addressesOfVersion6StandInBrackets() {
    var endpoint = DatabaseUrl.parse("mysql://root@[2001:db8::1]:3306/x");
    assertThat(endpoint.host()).isEqualTo("2001:db8::1");
    assertThat(endpoint.port()).isEqualTo(3306);
    assertThat(DatabaseUrl.parse("mysql://[::1]").host()).isEqualTo("::1");
  }

  @Test
  void aSocketNeedsNoHost() {
    var endpoint = DatabaseUrl.parse("mysql://root@?socket=/run/mysqld/mysqld.sock");
    assertThat(endpoint.host()).isEqualTo("localhost");
    assertThat(endpoint.options()).containsEntry("socket", "/run/mysqld/mysqld.sock");
    assertThat(DatabaseUrl.parse("mysql://root@localhost?socket=/s").options())
        .containsEntry("socket", "/s");
  }

  @Test
  void aPlusIsAPlus() {
    assertThat(DatabaseUrl.parse("mysql://u:a+b@h").password()).isEqualTo(new Secret("a+b"));
  }

  @Test
  void aPasswordMayHoldColons() {
    assertThat(DatabaseUrl.parse("mysql://u:a:b@h").password()).isEqualTo(new Secret("a:b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://",
        "mysql:///schema",
        "mysql://u:s3cret@x@h",
        "mysql://u:s3/cret@h",
        "mysql://u:s3#cret@h",
        "mysql://u:s3cret%zz@h",
        "mysql://u:s3cret%4@h",
        "mysql://u:s3cret%FF@h",
        "mysql://u:s3cret@h:0",
        "mysql://u:s3cret@h:65536",
        "mysql://u:s3cret@h:99999999999",
        "mysql://u:s3cret@h/a/b",
        "mysql://u:s3cret@h?novalue",
        "mysql://u:s3cret@h?a=1&a=2",
        "mysql://u:s3cret@::1",
        "My SQL://u:s3cret@h",
      })
  void whatCantBeReadIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.BAD_URL);
              assertThat(e.getMessage() + e.hint()).doesNotContain("cret");
            });
  }
}
