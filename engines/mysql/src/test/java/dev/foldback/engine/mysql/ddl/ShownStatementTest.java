package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownStatementTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE USER 'a'@'%' IDENTIFIED BY 'SECRET'",
        "CREATE USER a@b IDENTIFIED WITH 'p' AS 'SECRET', c@d IDENTIFIED BY PASSWORD 'SECRET'",
        "ALTER USER a IDENTIFIED WITH x AS 0x5345435245544e",
        "SET PASSWORD FOR 'a'@'b' = 'SECRET'",
        "SET PASSWORD = PASSWORD('SECRET')",
        "GRANT SELECT ON *.* TO 'a'@'b' IDENTIFIED BY 'SECRET@x'",
        "CREATE USER a@b IDENTIFIED VIA ed25519 USING 'SECRET' OR unix_socket",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'SECRET')",
        "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:SECRET@h/d'",
        "UPDATE t SET p=\"SECRET\" /* 'SECRET' */ WHERE id=1 -- SECRET",
        "CREATE USER a@b /* SECRET */ IDENTIFIED BY 'SECRET",
      })
  void noSecretIsShown(String sql) {
    assertThat(ShownStatement.beginning(sql, "")).doesNotContain("SECRET").doesNotContain("5345");
    assertThat(ShownStatement.withoutLiterals(sql, "")).doesNotContain("SECRET");
  }

  @Test
  void namesOfAccountsAndAllElseAreShown() {
    assertThat(ShownStatement.beginning("DROP  USER 'a b'@'10.%',\n`c`@d", ""))
        .isEqualTo("DROP USER 'a b'@'10.%', `c`@d");
    assertThat(ShownStatement.beginning("SELECT " + "x".repeat(300), "")).hasSize(201);
  }
}
