package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTextTest {
  @Test
  void defaultRolesAreCutOutOfAnAccountsStatement() {
    assertThat(
            MySqlAccounts.withoutDefaultRoles(
                "CREATE USER `u DEFAULT ROLE `@`%` IDENTIFIED WITH 'x' AS 0x41 DEFAULT ROLE"
                    + " `a REQUIRE `@`%`,`b`@`%` REQUIRE NONE ACCOUNT LOCK"))
        .isEqualTo(
            "CREATE USER `u DEFAULT ROLE `@`%` IDENTIFIED WITH 'x' AS 0x41 REQUIRE NONE ACCOUNT"
                + " LOCK");
  }

  @Test
  void aGlobalGrantLosesPasswordAndLimitsButNotItsGrantOption() {
    assertThat(
            MariaDbAccounts.withoutAuthentication(
                "GRANT SELECT ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*A' REQUIRE SSL WITH GRANT"
                    + " OPTION MAX_QUERIES_PER_HOUR 5",
                "`u`@`%`"))
        .isEqualTo("GRANT SELECT ON *.* TO `u`@`%` WITH GRANT OPTION");
    assertThat(
            MariaDbAccounts.withoutAuthentication(
                "GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD 'GRANT OPTION'", "`u`@`%`"))
        .isEqualTo("GRANT USAGE ON *.* TO `u`@`%`");
  }

  @Test
  void theGrantsOfAnInnerRoleAreNotThoseOfTheOuter() {
    assertThat(MariaDbAccounts.withoutAuthentication("GRANT SELECT ON *.* TO `r2`", "`r1`"))
        .isEmpty();
    assertThat(MariaDbAccounts.withoutAuthentication("GRANT SELECT ON *.* TO `r1`", "`r1`"))
        .isEqualTo("GRANT SELECT ON *.* TO `r1`");
  }
}
