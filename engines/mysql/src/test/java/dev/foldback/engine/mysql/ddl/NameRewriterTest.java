package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameRewriterTest {
  private static final Set<TableName> TABLES =
      Set.of(
          new TableName("shop", "a"),
          new TableName("shop", "b"),
          new TableName("shop", "shop"),
          new TableName("other", "a"));
  private static final Set<TableName> ROUTINES = Set.of(new TableName("shop", "f"));

  private static final Renames SCHEMA = new Renames(Map.of("shop", "copy"), Map.of());
  private static final Renames TABLE =
      new Renames(Map.of(), Map.of(new TableName("shop", "a"), new TableName("shop", "aa")));
  private static final Renames AWAY =
      new Renames(Map.of(), Map.of(new TableName("shop", "a"), new TableName("copy", "a")));

  private static NameRewriter.Rewritten rewrite(Renames renames, String sql, String to) {
    return new NameRewriter(renames, TABLES, ROUTINES).rewrite(sql, "", "shop", to);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT * FROM shop.a | SELECT * FROM `copy`.`a`",
        "SELECT shop.a.id, `shop` . `b`.x FROM a | SELECT `copy`.`a`.id, `copy`.`b`.x FROM a",
        "SELECT shop.f(1), shop.id FROM x shop | SELECT `copy`.`f`(1), shop.id FROM x shop",
        "INSERT INTO shop.a SET v = 'shop.a' /* shop.a */ | INSERT INTO `copy`.`a` SET v = 'shop.a'"
            + " /* shop.a */",
        "CALL shop.p(@shop.x) | CALL `copy`.`p`(@shop.x)",
        "CREATE VIEW `shop`.`v` AS select 1 from (`shop`.`a` join `shop`.`b`) | CREATE VIEW"
            + " `copy`.`v` AS select 1 from (`copy`.`a` join `copy`.`b`)",
        "UPDATE shop.a, shop.b SET a.x = b.x | UPDATE `copy`.`a`, `copy`.`b` SET a.x = b.x",
        "SELECT nextval(`shop`.`a`), NEXT VALUE FOR shop.a | SELECT nextval(`copy`.`a`), NEXT VALUE"
            + " FOR `copy`.`a`",
        "CREATE TRIGGER shop.t BEFORE INSERT ON shop.a FOR EACH ROW SET NEW.a = 1 | CREATE TRIGGER"
            + " `copy`.`t` BEFORE INSERT ON `copy`.`a` FOR EACH ROW SET NEW.a = 1",
      })
  void schemasFollowWhereverTheyAreNamed(String sql, String expected) {
    assertThat(rewrite(SCHEMA, sql, "copy").sql()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT a FROM a WHERE a.a > 1 | SELECT a FROM `aa` WHERE `aa`.a > 1",
        "SELECT x.id FROM b, a x JOIN (a, b) | SELECT x.id FROM b, `aa` x JOIN (`aa`, b)",
        "SELECT EXTRACT(YEAR FROM a) FROM `a` | SELECT EXTRACT(YEAR FROM a) FROM `aa`",
        "INSERT INTO a (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2 | INSERT INTO `aa` (a) VALUES"
            + " (1) ON DUPLICATE KEY UPDATE a = 2",
        "SELECT max(a) INTO a FROM b; UPDATE IGNORE a SET a = 1 | SELECT max(a) INTO a FROM b;"
            + " UPDATE IGNORE `aa` SET a = 1",
        "BEGIN DELETE FROM a; FETCH FROM a INTO x; TRUNCATE TABLE a; END | BEGIN DELETE FROM `aa`;"
            + " FETCH FROM a INTO x; TRUNCATE TABLE `aa`; END",
        "REPLACE a VALUES (REPLACE(a, 'a', \"a\")) -- a | REPLACE `aa` VALUES (REPLACE(a, 'a',"
            + " \"a\")) -- a",
        "SELECT 1 FROM other.a JOIN b a ON a.x = 1 | SELECT 1 FROM other.a JOIN b a ON a.x = 1",
      })
  void aTableRenamedAloneFollowsWhereOnlyATableCanStand(String sql, String expected) {
    assertThat(rewrite(TABLE, sql, "shop").sql()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "BEGIN CREATE TEMPORARY TABLE a (x int); SELECT * FROM a; END",
        "DELETE a FROM a JOIN b",
        "SELECT * FROM a JOIN b AS a",
        "PREPARE s FROM 'SELECT * FROM shop.a'",
      })
  void whatMayMeanSomethingElseStaysAndIsNamed(String sql) {
    NameRewriter.Rewritten rewritten = rewrite(TABLE, sql, "shop");
    assertThat(rewritten.sql()).isEqualTo(sql);
    assertThat(rewritten.left()).hasSize(1);
  }

  @Test
  void aTriggerThatMovesWithItsTableFindsTheOthersWhereTheyAre() {
    NameRewriter.Rewritten rewritten =
        rewrite(AWAY, "INSERT INTO b SELECT f(x), b.y FROM a, b", "copy");
    assertThat(rewritten.sql())
        .isEqualTo("INSERT INTO `shop`.`b` SELECT `shop`.`f`(x), `shop`.`b`.y FROM a, `shop`.`b`");
    assertThat(rewritten.left()).isEmpty();
  }

  @Test
  void namesThatArePassedOnAreRenamedOnce() {
    Renames swap = new Renames(Map.of("shop", "other", "other", "shop"), Map.of());
    assertThat(rewrite(swap, "SELECT * FROM shop.a, other.a", "other").sql())
        .isEqualTo("SELECT * FROM `other`.`a`, `shop`.`a`");
    TableStages stages =
        new TableStages(
            new TableName("shop", "b"),
            "CREATE TABLE `b` (\n  `id` int,\n  CONSTRAINT `k` FOREIGN KEY (`id`) REFERENCES"
                + " `other`.`a` (`id`)\n) ENGINE=InnoDB",
            swap);
    assertThat(stages.foreignKeys().orElseThrow()).contains("REFERENCES `shop`.`a`");
  }

  @Test
  void aMergeTableShowsTheRenamed() {
    TableStages stages =
        new TableStages(
            new TableName("shop", "m"),
            "CREATE TABLE `m` (\n  `id` int\n) ENGINE=MRG_MyISAM UNION=(`a`,`b`,`other`.`a`)",
            TABLE);
    assertThat(stages.create()).endsWith("UNION=(`shop`.`aa`,`shop`.`b`,`other`.`a`)");
  }

  @Test
  void grantsOnAWholeSchemaFollow() {
    assertThat(QualifiedNames.rename("GRANT SELECT ON `shop`.* TO `shop`@`%`", "", SCHEMA))
        .isEqualTo("GRANT SELECT ON `copy`.* TO `shop`@`%`");
    Renames underscores = new Renames(Map.of("a_b", "c_d"), Map.of());
    assertThat(QualifiedNames.rename("GRANT SELECT ON `a\\_b`.* TO `x`@`%`", "", underscores))
        .isEqualTo("GRANT SELECT ON `c\\_d`.* TO `x`@`%`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT * FROM Shop.A | SELECT * FROM `copy`.`A`",
        "SELECT SHOP.F(1), Other.a FROM SHOP.B | SELECT `copy`.`F`(1), Other.a FROM `copy`.`B`",
        "SELECT A.x FROM A | SELECT A.x FROM A"
      })
  void namesOfASourceThatIgnoresCaseAreFoundInAnyCase(String before, String after) {
    Renames any = new Renames(Map.of("SHOP", "copy"), Map.of()).ignoringCase();
    assertThat(rewrite(any, before, "copy").sql()).isEqualTo(after);
    assertThat(rewrite(any, "SELECT 'x from Shop.b'", "copy").left()).hasSize(1);
  }

  @Test
  void aTableOfASourceThatIgnoresCaseIsFoundInAnyCase() {
    Renames any =
        new Renames(Map.of(), Map.of(new TableName("Shop", "A"), new TableName("shop", "aa")))
            .ignoringCase();
    assertThat(rewrite(any, "UPDATE A SET v = 1", "shop").sql()).isEqualTo("UPDATE `aa` SET v = 1");
  }
}
