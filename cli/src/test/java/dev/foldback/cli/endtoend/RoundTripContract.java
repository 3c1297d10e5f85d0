package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.backup.BackupResult;
import dev.foldback.testkit.server.HostileData;
import dev.foldback.testkit.server.Scope;
import dev.foldback.testkit.server.ServerComparator;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server full of everything that dump tools lose, backed up and brought back to an empty server
 * of the same kind. The judge is independent: the server's own dump tool on both sides, every
 * column in hexadecimal, accounts and the rest of the catalogue by plain queries.
 */
abstract class RoundTripContract {

  /**
   * A role granted to an account that does not exist: no statement can make that; a finding says
   * so.
   */
  static final String UNCARRIED = "account only left: roles_mapping [nowhere, ghost, r_write, Y]";

  abstract ServerKind kind();

  @Test
  void aHostileServerComesBackIdenticalAndASecondBackupSendsNoRows(@TempDir Path folder)
      throws Exception {
    try (TestServer source = TestServers.fresh(kind());
        TestServer target = TestServers.fresh(kind())) {
      HostileData.load(source);
      HostileData.prepare(target);
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());
      BackupResult second = rig.backup(source.endpoint());
      assertThat(second.transfer().sentFrames()).isZero();
      assertThat(rig.verify(false).findings()).isEmpty();
      assertThat(rig.restore(target.endpoint()).compared()).isTrue();
      assertThat(ServerComparator.compare(source, target, Scope.EVERYTHING))
          .allMatch(difference -> difference.equals(UNCARRIED));
    }
  }
}
