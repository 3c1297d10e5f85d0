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

  @Test
  void textsGoToMariaDbWithoutTheCharacterSetThatMakesItLoseTheirEscapes() {
    String maria =
        new TableCrossing(
                """
                CREATE TABLE `t` (
                  `a` text DEFAULT (_utf8mb4'it\\'s'),
                  `b` text GENERATED ALWAYS AS (concat(_latin1'\\\\',`a`,_utf8mb3'ü')) VIRTUAL,
                  `c` text DEFAULT (_latin1'ü'),
                  `_utf8mb4` text COMMENT '_utf8mb4''x''',
                  CONSTRAINT `d` CHECK ((`a` <> _binary'x'))
                ) ENGINE=InnoDB\
                """)
            .toMariaDb();
    assertThat(maria)
        .contains("`a` text DEFAULT ('it\\'s')")
        .contains("(concat('\\\\',`a`,'ü'))")
        .contains("`c` text DEFAULT (_latin1'ü')")
        .contains("`_utf8mb4` text COMMENT '_utf8mb4''x'''")
        .contains("CHECK ((`a` <> _binary'x'))");
  }

  @Test
  void howMySqlStoresATableIsLeftOutAndNamed() {
    TableCrossing crossing =
        new TableCrossing(
            "CREATE TABLE `t` (\n  `compression` int COMMENT 'COMPRESSION=x'\n) ENGINE=InnoDB"
                + " COMPRESSION='zlib' COMMENT='COMPRESSION=''lz4'''");
    assertThat(crossing.storageOptions()).containsExactly("COMPRESSION='zlib'");
    assertThat(crossing.toMariaDb())
        .endsWith(") ENGINE=InnoDB  COMMENT='COMPRESSION=''lz4'''")
        .contains("`compression` int COMMENT 'COMPRESSION=x'");
  }

  @Test
  void partitionsThatMySqlLacksAreFound() {
    String list =
        "CREATE TABLE `t` (\n  `a` int DEFAULT NULL\n) ENGINE=InnoDB\n PARTITION BY LIST (`a`)\n";
    TableCrossing other =
        new TableCrossing(
            list + "(PARTITION `p` VALUES IN (1),\n PARTITION `q` DEFAULT ENGINE = InnoDB)");
    assertThat(other.hasDefaultPartition()).isTrue();
    assertThat(other.isPartitioned()).isTrue();
    TableCrossing plain = new TableCrossing(list + "(PARTITION `DEFAULT` VALUES IN (1))");
    assertThat(plain.hasDefaultPartition()).isFalse();
    assertThat(new TableCrossing(MYSQL).isPartitioned()).isFalse();
  }
}
