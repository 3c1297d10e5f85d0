package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.SmallDisk;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore to a server whose disk gets full in the middle. */
abstract class FullTargetContract {
  private static final int TOO_LITTLE_MEBIBYTES = 25;
  private static final int ENOUGH_MEBIBYTES = 1024;

  abstract ServerKind kind();

  @Test
  void aFullDiskIsNamedNothingIsLostAndTheSameCommandEndsOnceThereIsRoom(@TempDir Path folder)
      throws Exception {
    boolean possible = SmallDisk.isPossible();
    assertThat(possible || !"true".equals(System.getenv("CI"))).as("no private mount").isTrue();
    Assumptions.assumeTrue(possible, "no private mount is allowed here, so no small disk");
    try (TestServer source = TestServers.fresh(kind());
        TestServer target = TestServers.fresh(kind(), ServerOptions.quick().onOwnDisk())) {
      Shop.fill(source, 30_000);
      Shop.addNoise(source);
      target.execute(
          "create database other",
          "create table other.t (id int primary key, t varchar(99))",
          "insert into other.t values (1, 'stays')");
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());
      target.leaveRoom(TOO_LITTLE_MEBIBYTES);

      ProgramRun.End end = restore(rig, target);

      String said = end.out() + end.err();
      assertThat(end.status()).as(said).isEqualTo(3);
      assertThat(said)
          .contains("\"code\":\"FB-2008\"", "the target has no room left", "Make room on the disk");
      assertThat(rig.verify(false).good()).isTrue();
      target.leaveRoom(ENOUGH_MEBIBYTES);
      assertThat(other(target)).isEqualTo("stays");
      end = restore(rig, target);
      assertThat(end.status()).as(end.out() + end.err()).isZero();
      assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(source));
      assertThat(other(target)).isEqualTo("stays");
    }
  }

  private static ProgramRun.End restore(Rig rig, TestServer target) throws Exception {
    try (ProgramRun run = ProgramRun.start(rig, target, "restore", "--to", target.url())) {
      return run.await();
    }
  }

  private static String other(TestServer target) throws SQLException {
    try (var connection = target.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select t from other.t where id = 1")) {
      row.next();
      return row.getString(1);
    }
  }
}
