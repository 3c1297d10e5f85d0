package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTrialTest {
  @Test
  void whatATemporaryTableNeverHasIsLeftOut() {
    assertThat(
            TableTrial.statement(
                """
                CREATE TABLE `t` (
                  `a` int NOT NULL AUTO_INCREMENT,
                  `b` text,
                  PRIMARY KEY (`a`),
                  FULLTEXT KEY `f` (`b`),
                  CONSTRAINT `k` FOREIGN KEY (`a`) REFERENCES `u` (`a`),
                  CONSTRAINT `c` CHECK (`a` > 0)
                ) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin\
                 ROW_FORMAT=COMPRESSED ENCRYPTION='Y'
                 PARTITION BY HASH (`a`)
                PARTITIONS 3\
                """,
                "s",
                "x"))
        .hasValue(
            "CREATE TEMPORARY TABLE `s`.`x` (`a` int NOT NULL AUTO_INCREMENT, `b` text, PRIMARY KEY"
                + " (`a`), CONSTRAINT `c` CHECK (`a` > 0)) ENGINE=InnoDB CHARSET=utf8mb4"
                + " COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC");
  }

  @Test
  void tablesThatCantBeTemporaryAreNotTried() {
    String start = "CREATE TABLE `t` (\n  `a` int";
    assertThat(TableTrial.statement(start + "\n) ENGINE=MRG_MyISAM", "s", "x")).isEmpty();
    assertThat(TableTrial.statement(start + "\n) ENGINE=InnoDB WITH SYSTEM VERSIONING", "s", "x"))
        .isEmpty();
    assertThat(TableTrial.statement(start + " DEFAULT nextval(`d`.`q`)\n) ENGINE=InnoDB", "s", "x"))
        .isEmpty();
  }
}
