package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.testkit.server.HostileData;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target lacks is named before anything is written. */
class UnpreparedTargetMySql80IT {
  private static final String SYSTEM =
      "CREATE SPATIAL REFERENCE SYSTEM 999001 NAME 'x' DEFINITION 'GEOGCS[\"%s\",DATUM[\"W\","
          + "SPHEROID[\"W\",6378137,298.2]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174],"
          + "AXIS[\"Lat\",NORTH],AXIS[\"Lon\",EAST]]'";

  @Test
  void foldersZonesAndReferenceSystemsThatTheTargetLacksAreNamed(@TempDir Path folder)
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    ServerOptions options = ServerOptions.quick().with("--innodb-directories=" + folder);
    try (TestServer source = TestServers.fresh(ServerKind.MYSQL_8_0, options);
        TestServer target = TestServers.fresh(ServerKind.MYSQL_8_0)) {
      HostileData.prepare(source);
      source.execute(
          "CREATE DATABASE s",
          SYSTEM.formatted("one"),
          "CREATE TABLE s.apart (a INT) DATA DIRECTORY='" + folder + "'",
          "CREATE TABLE s.placed (p POINT SRID 999001)",
          "SET time_zone='Europe/Berlin'",
          "CREATE EVENT s.zoned ON SCHEDULE EVERY 1 DAY DISABLE DO SET @a=1");
      target.execute(SYSTEM.formatted("other"));
      Taken taken = Taken.from(source, Selection.ALL);
      try (MySqlTarget to = MySqlTarget.open(target.endpoint())) {
        List<Finding> found = to.plan(taken.request()).findings();
        assertThat(found)
            .extracting(f -> f.severity() + " " + f.code() + " " + f.subject())
            .contains(
                "ERROR folder-unknown table s.apart",
                "ERROR reference-system-differs spatial reference system 999001",
                "WARNING time-zone-missing event s.zoned");
      }
    }
  }
}
