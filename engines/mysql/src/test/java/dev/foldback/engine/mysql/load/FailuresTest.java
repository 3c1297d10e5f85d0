package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.FoldbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @Test
  void whatQuotesAnAccountsStatementIsNotRepeated() {
    SQLException syntax =
        new SQLException(
            "(conn=7) near 'IDENTIFIED BY PASSWORD '*94BDCE' at line 1", "42000", 1064);
    assertThat(Failures.unquoted(syntax)).startsWith("1064 ").doesNotContain("94BDCE");
    SQLException other = new SQLException("(conn=7) no such plugin", "HY000", 1524);
    assertThat(Failures.unquoted(other)).isEqualTo("1524 no such plugin");
  }

  /** As servers say it of a full disk: InnoDB, a bounded table, Aria and the binary log. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1114|The table 'orders' is full",
        "1021|Disk full (/tmp/#sql); waiting for someone to free some space",
        "1030|Got error 28 \"No space left on device\" from storage engine InnoDB",
        "1026|Error writing file 'binlog' (errno: 28 \"No space left on device\")",
        "3|Error writing file '/tmp/x' (OS errno 28 - No space left on device)"
      })
  void aFullDiskIsNamed(int code, String message) {
    assertThat(Failures.of("loading a.b", new SQLException("(conn=7) " + message, "HY000", code)))
        .hasMessage("loading a.b: the target has no room left: " + code + " " + message)
        .extracting(FoldbackException::hint)
        .asString()
        .contains("Make room", "run the same command again");
  }

  @Test
  void anotherErrorIsNoFullDisk() {
    assertThat(Failures.of("loading a.b", new SQLException("Got error 128", "HY000", 1030)))
        .hasMessageStartingWith("loading a.b: the target refused: ");
  }
}
