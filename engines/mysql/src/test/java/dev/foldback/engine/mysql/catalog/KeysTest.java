package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Set<String> COLUMNS = Set.of("a", "b", "c`d");

  private static String table(String... keys) {
    return "CREATE TABLE `t` (\n  `a` int NOT NULL COMMENT '\n  PRIMARY KEY (`b`)',\n"
        + String.join(",\n", keys)
        + "\n) ENGINE=InnoDB COMMENT='USING HASH'";
  }

  private static Keys.@Nullable Key best(String... keys) {
    return Keys.best(table(keys), COLUMNS, false);
  }

  @Test
  void thePrimaryKeyWinsOverAnEarlierUniqueOne() {
    assertThat(best("  UNIQUE KEY `u` (`a`)", "  PRIMARY KEY (`b` DESC,`c``d`)"))
        .isEqualTo(new Keys.Key("PRIMARY", List.of("b", "c`d")));
  }

  @Test
  void aCommentThatLooksLikeAKeyIsNone() {
    assertThat(best("  KEY `a` (`a`)")).isNull();
  }

  @Test
  void aUniqueKeyWithAPrefixExpressionOrUnknownColumnIsPassedOver() {
    assertThat(
            best(
                "  UNIQUE KEY `p` (`a`(10))",
                "  UNIQUE KEY `e` ((`a` + 1))",
                "  UNIQUE KEY `n` (`nullable`)",
                "  UNIQUE KEY `o` (`a`,`stay` WITHOUT OVERLAPS)",
                "  UNIQUE KEY `good` (`a`,`b`) USING BTREE"))
        .isEqualTo(new Keys.Key("good", List.of("a", "b")));
  }

  @Test
  void aKeyThatOrdersNothingOrIsHiddenIsPassedOver() {
    assertThat(best("  UNIQUE KEY `h` (`a`) USING HASH")).isNull();
    assertThat(best("  UNIQUE KEY `i` (`a`) /*!80000 INVISIBLE */")).isNull();
    assertThat(best("  UNIQUE KEY `g` (`a`) IGNORED")).isNull();
    assertThat(Keys.best(table("  UNIQUE KEY `h` (`a`) USING HASH"), COLUMNS, true)).isNotNull();
  }

  @Test
  void aPrimaryKeyWithAPrefixIsNotReplacedByAnother() {
    assertThat(best("  PRIMARY KEY (`a`(10))", "  UNIQUE KEY `u` (`b`)")).isNull();
  }
}
