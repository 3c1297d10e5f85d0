package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of 64 MiB, several tables of them at once, in the heap that the launcher gives. */
abstract class LargeValuesContract {
  private static final int SIZE = 64 << 20;
  private static final int TABLES = 3;

  abstract ServerKind kind();

  @Test
  void valuesOf64MiBInSeveralTablesComeBackInTheDefaultHeap(@TempDir Path folder) throws Exception {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(512L << 20);
    try (TestServer source = TestServers.fresh(kind());
        TestServer target = TestServers.fresh(kind())) {
      make(source);
      Rig rig = Rig.init(folder);
      rig.backup(source.endpoint());

      assertThat(rig.restore(target.endpoint()).compared()).isTrue();
      assertThat(digests(target)).isEqualTo(digests(source));

      target.execute("DROP DATABASE large", "SET GLOBAL local_infile=0");
      assertThat(rig.restore(target.endpoint()).compared()).isTrue();
      assertThat(digests(target)).isEqualTo(digests(source));
    }
  }

  /** Bytes that don't compress, bytes that each need an escape, and text. */
  private static void make(TestServer server) throws SQLException {
    server.execute("CREATE DATABASE large");
    byte[] value = new byte[SIZE];
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (int t = 0; t < TABLES; t++) {
        statement.execute(
            "CREATE TABLE large.t" + t + " (id int PRIMARY KEY, b longblob, c longtext)");
        new Random(t).nextBytes(value);
        insert(connection, t, 1, value);
        Arrays.fill(value, (byte) (t == 0 ? 0 : '\\'));
        insert(connection, t, 2, value);
        statement.execute("INSERT INTO large.t" + t + " VALUES (3, '', REPEAT('äöü😀\t', 600000))");
      }
    }
  }

  private static void insert(Connection connection, int table, int id, byte[] b)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO large.t" + table + " VALUES (?, ?, NULL)")) {
      insert.setInt(1, id);
      insert.setBytes(2, b);
      insert.execute();
    }
  }

  private static Map<String, String> digests(TestServer server) throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (int t = 0; t < TABLES; t++) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT id, LENGTH(b), SHA2(b, 256), LENGTH(c), SHA2(c, 256) FROM large.t" + t)) {
          while (rows.next()) {
            digests.put(
                t + "." + rows.getInt(1),
                rows.getString(2) + rows.getString(3) + rows.getString(4) + rows.getString(5));
          }
        }
      }
    }
    return digests;
  }
}
