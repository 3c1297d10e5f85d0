package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageEnginesTest {
  private static final TableName TABLE = new TableName("shop", "t");

  @Test
  void rowsOfAClusterAreAnError() {
    Finding finding = StorageEngines.finding(TABLE, "ndbcluster").orElseThrow();
    assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(finding.code()).isEqualTo("rows-not-carried");
    assertThat(StorageEngines.isTransactional("ndbcluster")).isFalse();
  }

  @Test
  void rowsThatLieElsewhereAreNamed() {
    for (String engine : List.of("FEDERATED", "CONNECT", "SPIDER", "SPHINX", "S3", "OQGRAPH")) {
      Finding finding = StorageEngines.finding(TABLE, engine).orElseThrow();
      assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
      assertThat(finding.code()).isEqualTo("rows-not-carried");
      assertThat(StorageEngines.isWithoutRows(engine)).isTrue();
    }
  }

  @Test
  void anUnknownEngineIsNotOfOneMoment() {
    Finding finding = StorageEngines.finding(TABLE, "Columnstore").orElseThrow();
    assertThat(finding.code()).isEqualTo("not-of-one-moment");
    assertThat(StorageEngines.isWithoutRows("Columnstore")).isFalse();
  }

  @Test
  void nothingIsSaidOfTheUsualOnes() {
    for (String engine :
        List.of(
            "InnoDB", "MyISAM", "Aria", "MEMORY", "CSV", "ARCHIVE", "MRG_MyISAM", "BLACKHOLE")) {
      assertThat(StorageEngines.finding(TABLE, engine)).as(engine).isEmpty();
    }
    assertThat(StorageEngines.finding(TABLE, "")).as("a table that can't be opened").isEmpty();
  }
}
