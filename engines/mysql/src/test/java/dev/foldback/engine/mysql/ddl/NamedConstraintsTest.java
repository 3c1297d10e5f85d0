package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedConstraintsTest {
  private static final String TABLE =
      """
      CREATE TABLE `t` (
        `a` int DEFAULT NULL CHECK (`a` > 1),
        KEY `b``c` (`a`),
        CONSTRAINT `b``c` FOREIGN KEY (`a`) REFERENCES `u` (`a`),
        CONSTRAINT `b``c` CHECK (`a` > 0),
        CONSTRAINT `d` CHECK (`a` > 0)
      ) ENGINE=InnoDB\
      """;

  @Test
  void eachKindHasItsOwnNames() {
    NamedConstraints names = new NamedConstraints(TABLE);
    assertThat(names.checks()).containsExactly("b`c", "d");
    assertThat(names.foreignKeys()).containsExactly("b`c");
    assertThat(names.without(Set.of("b`c"), Set.of()))
        .isEqualTo(TABLE.replace("CONSTRAINT `b``c` CHECK", "CHECK"));
    assertThat(names.without(Set.of("d"), Set.of("b`c")))
        .isEqualTo(
            TABLE
                .replace("CONSTRAINT `b``c` FOREIGN", "FOREIGN")
                .replace("CONSTRAINT `d` CHECK", "CHECK"));
  }
}
