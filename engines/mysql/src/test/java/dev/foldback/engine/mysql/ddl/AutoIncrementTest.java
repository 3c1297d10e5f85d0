package dev.foldback.engine.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.engine.SchemaObject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AutoIncrementTest {
  @ParameterizedTest
  @CsvSource({
    "ENGINE=InnoDB DEFAULT CHARSET=latin1, 5, ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT"
        + " CHARSET=latin1",
    "ENGINE=InnoDB AUTO_INCREMENT=4 X, 5, ENGINE=InnoDB AUTO_INCREMENT=5 X",
    "ENGINE=InnoDB AUTO_INCREMENT=9 X, 5, ENGINE=InnoDB AUTO_INCREMENT=9 X",
    "ENGINE=InnoDB X, -2, ENGINE=InnoDB AUTO_INCREMENT=18446744073709551614 X",
  })
  void theNextNumberOnlyRises(String tail, long next, String expected) {
    String head = "CREATE TABLE `t` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT\n) ";
    SchemaObject table = new SchemaObject("table", "d", "t", head + tail, Map.of());

    assertThat(AutoIncrement.atLeast(table, next).definition()).isEqualTo(head + expected);
  }
}
