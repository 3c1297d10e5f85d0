package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StagedStatementTest {
  private static final StagedStatement STAGED =
      new StagedStatement(
          new Renames(Map.of("d", "s_1", "x", "s_2"), Map.of()),
          Set.of(new TableName("d", "t"), new TableName("x", "u")),
          Set.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "ALTER TABLE d.t ADD a int|ALTER TABLE `s_1`.`t` ADD a int",
        "ALTER TABLE t ADD a int|ALTER TABLE t ADD a int",
        "RENAME TABLE d.t TO x.t, u TO v|RENAME TABLE `s_1`.`t` TO `s_2`.`t`, u TO v",
        "CREATE TABLE `d`.`n` LIKE x.u|CREATE TABLE `s_1`.`n` LIKE `s_2`.`u`",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES x.u (id)|ALTER TABLE t ADD FOREIGN KEY (a)"
            + " REFERENCES `s_2`.`u` (id)",
        "DROP VIEW d.v, x.w|DROP VIEW `s_1`.`v`, `s_2`.`w`",
        "CREATE DATABASE IF NOT EXISTS d CHARACTER SET latin1|CREATE DATABASE IF NOT EXISTS `s_1`"
            + " CHARACTER SET latin1",
        "ALTER DATABASE CHARACTER SET latin1|ALTER DATABASE `s_1` CHARACTER SET latin1",
        "CREATE VIEW v AS SELECT d.t.a FROM d.t JOIN x.u|CREATE VIEW v AS SELECT `s_1`.`t`.a FROM"
            + " `s_1`.`t` JOIN `s_2`.`u`",
        "CREATE DEFINER=`r`@`h` TRIGGER d.g BEFORE INSERT ON d.t FOR EACH ROW INSERT INTO x.u"
            + " VALUES (1)|CREATE DEFINER=`r`@`h` TRIGGER `s_1`.`g` BEFORE INSERT ON `s_1`.`t` FOR"
            + " EACH ROW INSERT INTO x.u VALUES (1)",
        "CREATE PROCEDURE d.p() BEGIN DELETE FROM d.t; END|CREATE PROCEDURE `s_1`.`p`() BEGIN"
            + " DELETE FROM d.t; END",
        "CREATE TABLE `c` (`a` int) START TRANSACTION|CREATE TABLE `c` (`a` int)",
        "DROP PROCEDURE IF EXISTS d.p|DROP PROCEDURE IF EXISTS `s_1`.`p`",
      })
  void schemasAreRenamedAndNothingElse(String sql, String staged) {
    DdlStatement parsed = DdlStatement.parse(sql, "", "d");
    assertThat(STAGED.rewrite(sql, "", "d", parsed.kind())).isEqualTo(staged);
  }
}
