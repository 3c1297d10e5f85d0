package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableStatementTest {
  @Test
  void collationsThatComeFromTheTableAreLeftToIt() {
    String printed =
        """
        CREATE TABLE `t` (
          `a` varchar(9) COLLATE utf8mb4_general_ci NOT NULL DEFAULT 'COLLATE utf8mb4_general_ci',
          `b` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci DEFAULT NULL,
          `c` varchar(9) COLLATE utf8mb4_bin,
          `d` varchar(9) GENERATED ALWAYS AS (concat(`a` collate utf8mb4_general_ci)) VIRTUAL,
          KEY `a` (`a`)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci\
        """;

    assertThat(TableStatement.parse(printed).withInheritedCollations())
        .isEqualTo(
            printed.replace(
                "`a` varchar(9) COLLATE utf8mb4_general_ci NOT NULL", "`a` varchar(9) NOT NULL"));
  }

  @Test
  void aTableWithoutACollationOfItsOwnStaysAsItIs() {
    String printed =
        """
        CREATE TABLE `t` (
          `a` varchar(9) COLLATE latin1_bin
        ) ENGINE=InnoDB DEFAULT CHARSET=latin1\
        """;

    assertThat(TableStatement.parse(printed).withInheritedCollations()).isEqualTo(printed);
  }
}
