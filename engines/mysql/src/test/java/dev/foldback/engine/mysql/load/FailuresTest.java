package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void whatQuotesAnAccountsStatementIsNotRepeated() {
    SQLException syntax =
        new SQLException(
            "(conn=7) near 'IDENTIFIED BY PASSWORD '*94BDCE' at line 1", "42000", 1064);
    assertThat(Failures.unquoted(syntax)).startsWith("1064 ").doesNotContain("94BDCE");
    SQLException other = new SQLException("(conn=7) no such plugin", "HY000", 1524);
    assertThat(Failures.unquoted(other)).isEqualTo("1524 no such plugin");
  }
}
