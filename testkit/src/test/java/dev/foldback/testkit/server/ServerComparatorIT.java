package dev.foldback.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerComparatorIT {

  @ParameterizedTest
  @EnumSource
  void findsAHostileServerEqualToItself(ServerKind kind) throws Exception {
    try (TestServer server = TestServers.fresh(kind)) {
      HostileData.load(server);

      ServerComparator.assertEqual(server, server, Scope.EVERYTHING);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void namesEachDifference(ServerKind kind) throws Exception {
    try (TestServer left = TestServers.fresh(kind);
        TestServer right = TestServers.fresh(kind)) {
      for (TestServer server : new TestServer[] {left, right}) {
        server.execute(
            "create database d",
            "set sql_mode=''",
            "create table d.t (id int primary key auto_increment, f float, z double,"
                + " e enum('a',''), v varchar(9)) comment 'one'",
            "insert into d.t values (1, 0.1, 0, 'a', 'x'), (2, 1, 1, '', 'y')",
            "create table d.bag (a int)",
            "insert into d.bag values (1), (1)",
            "create trigger d.trig before insert on d.t for each row set new.v = 'z'",
            "create user u@localhost identified by 'p'",
            "grant select on d.* to u@localhost");
      }
      Scope scope = kind.mariaDb() ? Scope.EVERYTHING : Scope.EVERYTHING.withoutAccounts();
      ServerComparator.assertEqual(left, right, scope);

      Pair pair = new Pair(left, right);
      pair.detects("update d.t set f = 0.10000001 where id = 1", "row of d.t");
      pair.detects("update d.t set z = -1 * 0e0 where id = 1", "row of d.t");
      pair.detects("update d.t set e = 0 where id = 2", "row of d.t");
      pair.detects("delete from d.bag limit 1", "row of d.bag");
      pair.detects("alter table d.t comment 'two'", "d TABLES");
      pair.detects("alter table d.t auto_increment = 4", "d TABLES");
      pair.detects("create index extra on d.bag (a)", "d STATISTICS");
      pair.detects("drop trigger d.trig", "d TRIGGERS");
      if (ServerComparator.judgesByDumpTool(left)) {
        pair.detects("insert into d.bag values (7)", "dump");
      }
      pair.detects("grant insert on d.* to u@localhost", "account");
    }
  }

  @Test
  void missesNoHistory() throws Exception {
    try (TestServer left = TestServers.fresh(ServerKind.MARIADB_11_4);
        TestServer right = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      for (TestServer server : new TestServer[] {left, right}) {
        server.execute(
            "create database d",
            "set timestamp = 1600000000",
            "create table d.t (a int) with system versioning",
            "insert into d.t values (1)",
            "set timestamp = 1600000001",
            "update d.t set a = 2");
      }
      ServerComparator.assertEqual(left, right, Scope.EVERYTHING);

      new Pair(left, right).detects("delete history from d.t", "row of d.t");
    }
  }

  @Test
  void followsARename() throws Exception {
    try (TestServer server = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      for (String schema : new String[] {"a", "b"}) {
        server.execute(
            "create database " + schema, "create table " + schema + ".t (i int primary key)");
      }
      Scope scope = Scope.EVERYTHING.only("a").renamed("a", "b");

      ServerComparator.assertEqual(server, server, scope);

      server.execute("insert into b.t values (1)");
      assertThat(ServerComparator.compare(server, server, scope)).hasSize(1);
    }
  }

  /** Two servers, and how they differed when they were last compared. */
  private static final class Pair {
    private final TestServer left;
    private final TestServer right;
    private List<String> known;

    Pair(TestServer left, TestServer right) throws Exception {
      this.left = left;
      this.right = right;
      this.known = ServerComparator.compare(left, right, Scope.EVERYTHING);
    }

    void detects(String change, String named) throws Exception {
      int before = count(known, named);
      right.execute("set sql_mode=''", change);
      known = ServerComparator.compare(left, right, Scope.EVERYTHING);

      assertThat(count(known, named)).as(change).isNotEqualTo(before);
    }
  }

  private static int count(List<String> differences, String named) {
    return differences.stream().filter(d -> d.startsWith(named)).toList().hashCode();
  }
}
