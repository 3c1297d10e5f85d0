package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableCrossingTest {
  private static final String MYSQL =
      """
      CREATE TABLE `t` (
        `a` int NOT NULL /*!80023 INVISIBLE */,
        `s` int GENERATED ALWAYS AS ((`a` is not null)) STORED NOT NULL COMMENT 'NOT NULL',
        `v` int GENERATED ALWAYS AS (`a`) VIRTUAL,
        CONSTRAINT `c` CHECK ((`a` > 0)) /*!80016 NOT ENFORCED */,
        CONSTRAINT `d` CHECK ((`a` is not null))
      ) ENGINE=InnoDB\
      """;

  @Test
  void whatMariaDbHasNoWordsForIsLeftOutAndNamed() {
    assertThat(new TableCrossing(MYSQL).neverNull()).containsExactly("s");
    assertThat(new TableCrossing(MYSQL).uncheckable()).containsExactly("c");
    assertThat(new TableCrossing(MYSQL).toMariaDb())
        .contains("`a` int NOT NULL INVISIBLE")
        .contains("((`a` is not null)) STORED COMMENT 'NOT NULL'")
        .contains("CONSTRAINT `d` CHECK ((`a` is not null))")
        .doesNotContain("`c`");
  }

  @Test
  void keysThatTheOtherFamilyRefusesAreFound() {
    assertThat(new TableCrossing(MYSQL).hasGeneratedPrimaryKey()).isFalse();
    assertThat(
            new TableCrossing(
                    """
                    CREATE TABLE `t` (
                      `a` int DEFAULT NULL,
                      `s` int GENERATED ALWAYS AS ((`a` * 3)) STORED NOT NULL,
                      PRIMARY KEY (`s`)
                    ) ENGINE=InnoDB\
                    """)
                .hasGeneratedPrimaryKey())
        .isTrue();
    assertThat(new TableCrossing(MYSQL).hasHashedUniqueKey()).isFalse();
    assertThat(
            new TableCrossing(
                    """
                    CREATE TABLE `t` (
                      `a` blob,
                      UNIQUE KEY `a` (`a`) USING HASH
                    ) ENGINE=Aria\
                    """)
                .hasHashedUniqueKey())
        .isTrue();
  }

  @Test
  void mariaDbDefaultsGetTheParenthesesThatMySqlAsksFor() {
    String mysql =
        new TableCrossing(
                """
                CREATE TABLE `t` (
                  `a` varchar(36) DEFAULT uuid() COMMENT 'x',
                  `b` int DEFAULT -5,
                  `c` text DEFAULT 'y',
                  `d` timestamp DEFAULT current_timestamp() ON UPDATE current_timestamp(),
                  KEY `k` (`a`) IGNORED
                ) ENGINE=InnoDB\
                """)
            .toMySql();
    assertThat(mysql)
        .contains("DEFAULT (uuid()) COMMENT 'x'")
        .contains("`b` int DEFAULT -5")
        .contains("`c` text DEFAULT ('y')")
        .contains("KEY `k` (`a`) INVISIBLE");
  }
}
