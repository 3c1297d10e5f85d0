package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FindingsException;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that is not on the target as it was taken: found, named, and made good by the next run. */
class DifferenceIT {
  @Test
  void aRowThatChangedBetweenLoadAndComparisonIsFoundAndTheNextRunMakesItGood(@TempDir Path folder)
      throws Exception {
    try (TestServer source = TestServers.fresh(ServerKind.MARIADB_11_4);
        TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      Shop.fill(source, 5_000);
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());

      FindingsException failure =
          catchThrowableOfType(
              FindingsException.class,
              () ->
                  rig.restore(
                      target.endpoint(),
                      Selection.ALL,
                      Renames.NONE,
                      LoadRequest.Existing.REFUSE,
                      atComparison(
                          target, "update shop.orders set state = 'new' where id = 4242")));
      assertThat(failure.code()).isEqualTo(ErrorCode.ROWS_DIFFER);
      assertThat(failure.code().code()).isEqualTo("FB-4005");
      assertThat(failure.code().exit().status()).isEqualTo(5);
      assertThat(failure.findings()).hasSize(1);
      assertThat(failure.getMessage()).contains("shop.orders: rows differ", "between id=");
      String[] keys = failure.findings().getFirst().message().split("id=", -1);
      assertThat(Integer.parseInt(keys[1].replaceAll("\\D.*", ""))).isLessThanOrEqualTo(4242);
      assertThat(Integer.parseInt(keys[2])).isGreaterThanOrEqualTo(4242);
      Proof proof = newest(rig);
      assertThat(proof.good()).isFalse();
      assertThat(proof.kind()).isEqualTo("restore");
      assertThat(proof.detail()).contains("1 differences, first shop.orders");
      assertThat(Shop.isComplete(target, source)).isFalse();

      assertThat(rig.restore(target.endpoint()).compared()).isTrue();
      assertThat(newest(rig).good()).isTrue();
      assertThat(Shop.isComplete(target, source)).isTrue();
    }
  }

  private static Proof newest(Rig rig) {
    SnapshotListing.Entry entry = rig.listing().entries().getFirst();
    return entry.proof().orElseThrow();
  }

  private static Progress atComparison(TestServer server, String sql) {
    return new Progress() {
      @Override
      public void phase(String name, long expectedRows, long expectedBytes) {
        if (name.equals("compare")) {
          try {
            server.execute(sql);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    };
  }
}
