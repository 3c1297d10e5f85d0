package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.testkit.server.HostileData;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import org.junit.jupiter.api.Test;

/** Everything that is hard to carry, from a server of its own to another, judged from outside. */
abstract class HostileContract {
  abstract ServerKind kind();

  /** A difference that the restore names in a finding. */
  boolean isKnown(String difference) {
    return false;
  }

  @Test
  void aWholeHostileServerComesBackEqual() throws Exception {
    try (TestServer source = TestServers.fresh(kind());
        TestServer target = TestServers.fresh(kind())) {
      HostileData.load(source);
      HostileData.prepare(target);
      Taken taken = Taken.from(source, Selection.ALL);
      try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
        RestoreContract.warnings(taken.restore(to, taken.request())).forEach(System.err::println);
      }
      assertThat(ServerComparator.compare(source, target, Scope.EVERYTHING).stream())
          .filteredOn(d -> !isKnown(d))
          .isEmpty();
    }
  }
}
