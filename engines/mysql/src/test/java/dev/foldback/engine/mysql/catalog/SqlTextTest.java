package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import org.junit.jupiter.api.Test;

class SqlTextTest {
  @Test
  void namesAreFoundOutsideTextsOnly() {
    String sql = "select `a`.`b``c` AS `x`,'`no`.`no`''`no`.`no`' from `d.e`.`f` where \"`n`.`n`\"";
    assertThat(SqlText.qualifiedNames(sql))
        .containsExactly(new TableName("a", "b`c"), new TableName("d.e", "f"));
  }

  @Test
  void aBackslashHidesAQuoteInTextsButNotInNames() {
    assertThat(SqlText.find("'a\\' TO ' TO x", " TO ", 0)).hasValue(9);
    assertThat(SqlText.find("`a\\` TO x", " TO ", 0)).hasValue(4);
  }

  @Test
  void aWordWithinQuotesIsNotFound() {
    assertThat(SqlText.holds("`PARTITION BY ` 'PARTITION BY '", "PARTITION BY ")).isFalse();
    assertThat(SqlText.holds("x\nPARTITION BY HASH", "PARTITION BY ")).isTrue();
  }

  @Test
  void textWithoutItsEndIsOneQuotedRun() {
    assertThat(SqlText.skipQuoted("'abc", 0)).isEqualTo(4);
    assertThat(SqlText.qualifiedNames("`a`.`b")).hasSizeLessThan(2);
  }
}
