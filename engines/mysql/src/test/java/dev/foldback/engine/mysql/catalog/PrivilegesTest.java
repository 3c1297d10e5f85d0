package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
  private static Privileges of(String... lines) {
    return new Privileges(List.of(lines));
  }

  @Test
  void aGlobalRightHoldsForEverySchemaButOneItWasTakenBackFor() {
    Privileges rights =
        of("GRANT SELECT, SHOW VIEW ON *.* TO `u`@`%`", "REVOKE SELECT ON `pay`.* FROM `u`@`%`");
    assertThat(rights.global("SHOW VIEW")).isTrue();
    assertThat(rights.on("shop", "SELECT")).isTrue();
    assertThat(rights.on("pay", "SELECT")).isFalse();
    assertThat(rights.on("pay", "SHOW VIEW")).isTrue();
  }

  @Test
  void aSchemaIsNamedByAPatternUnlessEscaped() {
    Privileges rights =
        of("GRANT ALL PRIVILEGES ON `shop%`.* TO `u`@`%`", "GRANT EVENT ON `a\\_b`.* TO `u`@`%`");
    assertThat(rights.on("shop2", "TRIGGER")).isTrue();
    assertThat(rights.on("other", "TRIGGER")).isFalse();
    assertThat(rights.on("a_b", "EVENT")).isTrue();
    assertThat(rights.on("axb", "EVENT")).isFalse();
  }

  @Test
  void aRightOnAColumnIsNoneOnTheTable() {
    Privileges rights =
        of(
            "GRANT SELECT (`a`, `b`) ON `shop`.`t` TO `u`@`%`",
            "GRANT TRIGGER ON `shop`.`t` TO `u`@`%`");
    assertThat(rights.on("shop", "t", "SELECT")).isFalse();
    assertThat(rights.on("shop", "t", "TRIGGER")).isTrue();
    assertThat(rights.on("shop", "TRIGGER")).isFalse();
  }

  @Test
  void dynamicRightsAreListedWithoutSpaces() {
    assertThat(of("GRANT BACKUP_ADMIN,SHOW_ROUTINE ON *.* TO `u`@`%`").global("SHOW_ROUTINE"))
        .isTrue();
  }

  @Test
  void rolesAreNoRights() {
    assertThat(of("GRANT `SELECT` TO `u`@`%`").global("SELECT")).isFalse();
  }
}
