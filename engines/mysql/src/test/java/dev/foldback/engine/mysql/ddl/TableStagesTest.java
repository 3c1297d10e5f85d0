package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableStagesTest {
  private static final String AWKWARD =
      """
      CREATE TABLE `a``b (c` (
        `id` int NOT NULL AUTO_INCREMENT COMMENT 'KEY `x` (`y`), it''s \\'(\\' /* no */',
        `k,)` varchar(9) DEFAULT 'a),(' CHECK (`k,)` <> ')'),
        PRIMARY KEY (`id`),
        UNIQUE KEY `u``1` (`k,)`(3)),
        KEY `KEY` ((lower(`k,)`))) /*!80000 INVISIBLE */,
        FULLTEXT KEY `f1` (`k,)`),
        FULLTEXT KEY `f2` (`k,)`) /*!50100 WITH PARSER `ngram` */ ,
        CONSTRAINT `a``b (c_ibfk_1` FOREIGN KEY (`id`) REFERENCES `o.``p` (`x`) ON DELETE CASCADE,
        CONSTRAINT `ck` CHECK ((`id` > 0))
      ) ENGINE=InnoDB AUTO_INCREMENT=7 COMMENT='(x,y)'
      /*!50100 PARTITION BY RANGE (`id`) (PARTITION p0 VALUES LESS THAN (5) ENGINE = InnoDB) */\
      """;

  @Test
  void keepsWhatLoadingNeedsAndAddsTheRestInTheOrderPrinted() {
    TableStages stages = new TableStages(new TableName("s", "a`b (c"), AWKWARD, Renames.NONE);

    assertThat(stages.create())
        .startsWith("CREATE TABLE `s`.`a``b (c` (\n  `id` int NOT NULL")
        .contains("PRIMARY KEY (`id`),\n  CONSTRAINT `ck`")
        .doesNotContain("FOREIGN", "FULLTEXT", "UNIQUE")
        .endsWith("ENGINE = InnoDB) */");
    assertThat(stages.indexes())
        .containsExactly(
            "ALTER TABLE `s`.`a``b (c`\n  ADD UNIQUE KEY `u``1` (`k,)`(3)),\n"
                + "  ADD KEY `KEY` ((lower(`k,)`))) /*!80000 INVISIBLE */",
            "ALTER TABLE `s`.`a``b (c`\n  ADD FULLTEXT KEY `f1` (`k,)`)",
            "ALTER TABLE `s`.`a``b (c`\n"
                + "  ADD FULLTEXT KEY `f2` (`k,)`) /*!50100 WITH PARSER `ngram` */");
    assertThat(stages.foreignKeys().orElse(""))
        .contains("REFERENCES `s`.`o.``p` (`x`) ON DELETE CASCADE");
  }

  @Test
  void followsRenamesInKeysAndGeneratedNames() {
    Renames renames =
        new Renames(
            Map.of("s", "t"), Map.of(new TableName("s", "a`b (c"), new TableName("t", "n")));
    TableStages stages = new TableStages(new TableName("s", "a`b (c"), AWKWARD, renames);

    assertThat(stages.create()).startsWith("CREATE TABLE `t`.`n` (");
    assertThat(stages.foreignKeys().orElse(""))
        .contains("ALTER TABLE `t`.`n`", "ADD CONSTRAINT `n_ibfk_1`", "REFERENCES `t`.`o.``p`");
  }

  @Test
  void keepsTheIndexOfACounterAndAllBeforeIt() {
    String sql =
        "CREATE TABLE `t` (`a` int, `n` int NOT NULL AUTO_INCREMENT, KEY `k1` (`a`), KEY `k2`"
            + " (`n`), KEY `k3` (`a`,`n`)) ENGINE=InnoDB";
    TableStages stages = new TableStages(new TableName("s", "t"), sql, Renames.NONE);

    assertThat(stages.create()).contains("`k1`", "`k2`").doesNotContain("`k3`");
    assertThat(stages.indexes()).hasSize(1).first().asString().contains("`k3`");
  }

  @Test
  void keepsTheUniqueKeyThatRowsAreOrderedBy() {
    String sql =
        "CREATE TABLE `t` (`a` int NOT NULL, `b` int, UNIQUE KEY `ua` (`a`), UNIQUE KEY `ub` (`b`))"
            + " ENGINE=InnoDB";

    assertThat(new TableStages(new TableName("s", "t"), sql, Renames.NONE).create())
        .contains("`ua`")
        .doesNotContain("`ub`");
  }

  @Test
  void otherEnginesGetTheirIndexesAtOnce() {
    String sql = "CREATE TABLE `t` (`a` int, KEY `k` (`a`)) ENGINE=MyISAM";

    assertThat(new TableStages(new TableName("s", "t"), sql, Renames.NONE).indexes()).isEmpty();
  }

  @Test
  void wholeTablesHaveTheirIndexesAtOnceAndForeignKeysLater() {
    String sql =
        """
        CREATE TABLE `t` (
          `id` int NOT NULL,
          `a` int,
          PRIMARY KEY (`id`),
          KEY `ka` (`a`),
          CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `u` (`id`)
        ) ENGINE=InnoDB\
        """;
    TableStages stages = new TableStages(new TableName("s", "t"), sql, Renames.NONE);
    assertThat(stages.create()).doesNotContain("ka");
    assertThat(stages.indexes()).hasSize(1);
    assertThat(stages.whole().create()).contains("KEY `ka`").doesNotContain("FOREIGN");
    assertThat(stages.whole().indexes()).isEmpty();
    assertThat(stages.whole().foreignKeys()).isEqualTo(stages.foreignKeys()).isPresent();
  }

  @Test
  void qualifiedNamesAreRenamedOutsideTextsAndComments() {
    Renames renames = new Renames(Map.of("shop", "copy"), Map.of());

    assertThat(
            QualifiedNames.rename(
                "select `shop`.`t`.`c`, '`shop`.`t`' /* `shop`.`t` */ from `shop` . `t`",
                "",
                renames))
        .isEqualTo("select `copy`.`t`.`c`, '`shop`.`t`' /* `shop`.`t` */ from `copy`.`t`");
  }

  @Test
  void aViewsTablesAndColumnsAreFound() {
    Map<TableName, List<String>> tables =
        ViewStatement.tables(
            "CREATE VIEW `v` AS select `x`.`a` AS `a`,`s`.`u`.`b` AS `b` from (`s`.`t` `x` join"
                + " `s`.`u` on((`x`.`c d` = `s`.`u`.`b`)))",
            "s");

    assertThat(tables)
        .containsEntry(new TableName("s", "t"), List.of("a", "c d"))
        .containsEntry(new TableName("s", "u"), List.of("b"));
  }

  @Test
  void anEventIsDisabledInItsHeadOnly() {
    assertThat(
            new ProgramStatement(
                    "CREATE EVENT `ENABLE` ON SCHEDULE EVERY 1 DAY ENABLE COMMENT 'ENABLE' DO"
                        + " SELECT 'ENABLE'",
                    "")
                .disabledEvent())
        .isEqualTo(
            "CREATE EVENT `ENABLE` ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'ENABLE' DO SELECT"
                + " 'ENABLE'");
  }
}
