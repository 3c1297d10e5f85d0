package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnSchemasTest {
  @Test
  void caseCountsWhereTheServerMindsIt() {
    OwnSchemas exact = new OwnSchemas(OwnSchemas.ALWAYS, true);
    assertThat(exact.contains("sys")).isTrue();
    assertThat(exact.contains("SYS")).isFalse();
    assertThat(exact.contains("INFORMATION_SCHEMA")).isTrue();
    OwnSchemas other = new OwnSchemas(OwnSchemas.ALWAYS, false);
    assertThat(other.contains("SYS")).isTrue();
    assertThat(other.contains("shop")).isFalse();
  }
}
