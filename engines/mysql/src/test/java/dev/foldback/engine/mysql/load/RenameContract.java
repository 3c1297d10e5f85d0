package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore under other names must still do: judged by using it, with the old names gone. */
abstract class RenameContract {
  abstract ServerKind kind();

  private TestServer source() {
    return TestServers.shared(kind());
  }

  private TestServer target() {
    return SecondServers.of(kind());
  }

  @BeforeEach
  void make() throws Exception {
    empty();
    Emptying.inOneSession(
        source(),
        "CREATE DATABASE shop",
        "CREATE DATABASE log",
        "USE shop",
        "CREATE TABLE orders (id int PRIMARY KEY, shop int)",
        "CREATE TABLE items (id int PRIMARY KEY, orders int, FOREIGN KEY (orders) REFERENCES"
            + " orders (id))",
        "CREATE TABLE log.entries (id int AUTO_INCREMENT PRIMARY KEY, o int, FOREIGN KEY (o)"
            + " REFERENCES shop.orders (id))",
        "INSERT INTO orders VALUES (1, 10), (2, 20)",
        "INSERT INTO items VALUES (1, 1)",
        "CREATE VIEW open_orders AS SELECT shop.id, shop.shop FROM orders shop",
        "CREATE VIEW log.wide AS SELECT orders.id, shop.open_orders.shop FROM shop.orders JOIN"
            + " shop.open_orders USING (id)",
        "CREATE FUNCTION total() RETURNS int READS SQL DATA RETURN (SELECT sum(orders.shop) FROM"
            + " orders)",
        "CREATE FUNCTION qualified() RETURNS int READS SQL DATA RETURN (SELECT sum(`shop`.orders"
            + ".shop) + shop.total() FROM shop . `orders`)",
        "CREATE PROCEDURE work(IN orders int) BEGIN DECLARE text varchar(50) DEFAULT 'from"
            + " orders'; INSERT INTO orders VALUES (orders, 5) ON DUPLICATE KEY UPDATE shop = 6;"
            + " UPDATE orders SET shop = shop + 1 WHERE id = 1; SELECT text; END",
        "CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH ROW INSERT INTO log.entries (o)"
            + " VALUES (NEW.id)",
        "CREATE TRIGGER counted AFTER UPDATE ON orders FOR EACH ROW UPDATE items SET orders ="
            + " orders WHERE items.id = total() * 0 + 1",
        "CREATE EVENT sweep ON SCHEDULE EVERY 1 YEAR STARTS '2036-01-01' DO DELETE FROM orders"
            + " WHERE id < 0",
        "CREATE PROCEDURE secret() BEGIN PREPARE s FROM 'SELECT * FROM shop.orders'; END");
  }

  @AfterEach
  void empty() throws Exception {
    Emptying.everything(source());
    Emptying.everything(target());
  }

  @Test
  void schemasUnderOtherNamesWorkAsBefore() throws Exception {
    List<Finding> plan =
        restore(new Renames(Map.of("shop", "copy", "log", "shop log"), Map.of()), "copy.orders");
    assertThat(plan)
        .extracting(Finding::subject, Finding::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("procedure shop.secret", "old-name-kept"));
    assertThat(value("SELECT sum(shop) FROM copy.open_orders")).isEqualTo("30");
    assertThat(value("SELECT count(*) FROM `shop log`.wide")).isEqualTo("2");
    assertThat(value("SELECT copy.total()")).isEqualTo("30");
    assertThat(value("SELECT copy.qualified()")).isEqualTo("60");
    target().execute("CALL copy.work(7)");
    assertThat(value("SELECT o FROM `shop log`.entries")).isEqualTo("7");
    assertThat(value("SELECT shop FROM copy.orders WHERE id = 1")).isEqualTo("11");
    assertThat(foreignKeys()).containsExactly("copy.orders", "copy.orders");
  }

  @Test
  void aTableUnderAnotherNameIsFoundByAllThatNameIt() throws Exception {
    TableName orders = new TableName("shop", "orders");
    List<Finding> plan =
        restore(
            new Renames(Map.of(), Map.of(orders, new TableName("shop", "old orders"))),
            "shop.`old orders`");
    assertThat(plan).extracting(Finding::code).containsOnly("old-name-kept");
    assertThat(plan)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("procedure shop.secret", "procedure shop.work");
    assertThat(value("SELECT sum(shop) FROM shop.open_orders")).isEqualTo("30");
    assertThat(value("SELECT count(*) FROM log.wide")).isEqualTo("2");
    assertThat(value("SELECT shop.total()")).isEqualTo("30");
    assertThat(value("SELECT shop.qualified()")).isEqualTo("60");
    target().execute("CALL shop.work(7)");
    assertThat(value("SELECT o FROM log.entries")).isEqualTo("7");
    assertThat(value("SELECT shop FROM shop.`old orders` WHERE id = 1")).isEqualTo("11");
    assertThat(foreignKeys()).containsExactly("shop.old orders", "shop.old orders");
    assertThat(
            value(
                "SELECT EVENT_DEFINITION FROM information_schema.EVENTS WHERE EVENT_NAME='sweep'"))
        .isEqualTo("DELETE FROM `old orders` WHERE id < 0");
  }

  @Test
  void aTableMovedAloneFindsTheOthersWhereTheyStay() throws Exception {
    TableName orders = new TableName("shop", "orders");
    restore(new Renames(Map.of(), Map.of(orders, new TableName("away", "orders"))), "away.orders");
    target().execute("UPDATE away.orders SET shop = 40 WHERE id = 1", "CALL shop.work(7)");
    assertThat(value("SELECT shop.total()")).isEqualTo("66");
    assertThat(value("SELECT o FROM log.entries")).isEqualTo("7");
    assertThat(foreignKeys()).containsExactly("away.orders", "away.orders");
  }

  @Test
  void twoNamesThatBecomeOneAreRefusedBeforeAnythingIsWritten() throws Exception {
    source().execute("CREATE TABLE log.orders (x int)");
    Taken taken = Taken.from(source(), Selection.ALL);
    Renames renames = new Renames(Map.of("log", "shop"), Map.of());
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      LoadRequest request =
          taken.request("one", Selection.ALL, renames, LoadRequest.Existing.REFUSE);
      assertThat(errors(to.plan(request).findings()))
          .extracting(Finding::code)
          .containsExactly("names-collide");
    }
  }

  @Test
  void namesThatDifferByCaseAreRefusedWhereTheTargetIgnoresIt() throws Exception {
    Emptying.everything(source());
    source()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.Orders (a int)",
            "CREATE TABLE shop.orders (a int)",
            "CREATE TABLE shop.Mixed (a int)",
            "CREATE VIEW shop.V AS SELECT a FROM shop.Mixed",
            "INSERT INTO shop.Mixed VALUES (1)",
            "CREATE DATABASE SHOP",
            "CREATE TABLE SHOP.t (a int)");
    ServerOptions ignoring = ServerOptions.quick().with("--lower-case-table-names=1");
    Taken taken = Taken.from(source(), Selection.ALL);
    try (TestServer lower = TestServers.fresh(kind(), ignoring);
        MySqlTarget to = MySqlTarget.open(lower.endpoint())) {
      assertThat(errors(to.plan(taken.request()).findings()))
          .allSatisfy(f -> assertThat(f.code()).isEqualTo("names-collide"))
          .extracting(f -> f.subject().toLowerCase(Locale.ROOT))
          .containsExactlyInAnyOrder("schema shop", "table shop.orders");
      Renames apart =
          new Renames(
              Map.of("SHOP", "second"),
              Map.of(new TableName("shop", "Orders"), new TableName("shop", "orders_2")));
      taken.restore(to, taken.request("two", Selection.ALL, apart, LoadRequest.Existing.REFUSE));
      try (Connection connection = lower.connect();
          Db db = new Db(connection)) {
        assertThat(db.value("SELECT a FROM shop.V")).isEqualTo("1");
      }
      Renames written =
          new Renames(
              Map.of("SHOP", "gone"),
              Map.of(new TableName("SHOP", "mixed"), new TableName("Third", "Table")));
      Selection one = new Selection(List.of("shop.Mixed"), List.of());
      LoadRequest request = taken.request("four", one, written, LoadRequest.Existing.REFUSE);
      taken.restore(to, request);
      assertThat(errors(to.plan(request).findings()))
          .extracting(Finding::code)
          .containsExactly(ErrorCode.TARGET_NOT_EMPTY.code());
      fromOneThatIgnoresCase(lower);
      underItsOwnNamesFromOneThatIgnoresCase(lower);
    }
  }

  private void fromOneThatIgnoresCase(TestServer lower) throws Exception {
    lower.execute(
        "CREATE FUNCTION shop.total() RETURNS int READS SQL DATA RETURN (SELECT sum(MIXED.a) FROM"
            + " Shop.MIXED)",
        "DROP DATABASE third");
    Taken plain = Taken.from(lower, new Selection(List.of("shop"), List.of()));
    ServerInfo ignoring =
        new ServerInfo(
            plain.server().family(),
            plain.server().version(),
            "y",
            Map.of("lower_case_table_names", "1"));
    Taken taken = new Taken(ignoring, plain.catalog(), plain.rows());
    Renames written =
        new Renames(
            Map.of("Shop", "copy"),
            Map.of(new TableName("SHOP", "Mixed"), new TableName("copy", "plain")));
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      taken.restore(
          to, taken.request("three", Selection.ALL, written, LoadRequest.Existing.REFUSE));
    }
    assertThat(value("SELECT a FROM copy.plain")).isEqualTo("1");
    assertThat(value("SELECT a FROM copy.v")).isEqualTo("1");
    assertThat(value("SELECT copy.total()")).isEqualTo("1");
  }

  private void underItsOwnNamesFromOneThatIgnoresCase(TestServer lower) throws Exception {
    lower.execute("CREATE TABLE shop.noted (n int)", "INSERT INTO shop.noted VALUES (5)");
    Emptying.inOneSession(
        lower,
        "USE shop",
        "CREATE FUNCTION plain() RETURNS int READS SQL DATA RETURN (SELECT max(N) FROM NOTED)",
        "CREATE TRIGGER note AFTER INSERT ON Mixed FOR EACH ROW INSERT INTO Shop.NOTED VALUES"
            + " (NEW.a + plain())",
        "CREATE PROCEDURE dynamic() BEGIN PREPARE s FROM 'SELECT * FROM Noted'; END",
        "CREATE PROCEDURE fine() BEGIN PREPARE s FROM 'SELECT * FROM noted'; END");
    Taken plain = Taken.from(lower, new Selection(List.of("shop"), List.of()));
    ServerInfo ignoring =
        new ServerInfo(
            plain.server().family(),
            plain.server().version(),
            "y",
            Map.of("lower_case_table_names", "1"));
    Taken taken = new Taken(ignoring, plain.catalog(), plain.rows());
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      LoadRequest request =
          taken.request("own", Selection.ALL, Renames.NONE, LoadRequest.Existing.REFUSE);
      assertThat(RestoreContract.warnings(to.plan(request).findings()))
          .extracting(f -> f.code() + " " + f.subject())
          .containsExactly("old-name-kept procedure shop.dynamic");
      assertThat(RestoreContract.warnings(taken.restore(to, request))).isEmpty();
    }
    target().execute("INSERT INTO shop.mixed VALUES (2)");
    assertThat(value("SELECT GROUP_CONCAT(n ORDER BY n) FROM shop.noted")).isEqualTo("5,7");
    assertThat(value("SELECT shop.total()")).isEqualTo("3");
  }

  private List<Finding> restore(Renames renames, String orders) throws Exception {
    Taken taken = Taken.from(source(), Selection.ALL);
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      LoadRequest request =
          taken.request("one", Selection.ALL, renames, LoadRequest.Existing.REFUSE);
      List<Finding> plan = RestoreContract.warnings(to.plan(request).findings());
      assertThat(RestoreContract.warnings(taken.restore(to, request))).isEmpty();
      assertThat(value("SELECT count(*) FROM " + orders)).isEqualTo("2");
      return plan;
    }
  }

  private List<String> foreignKeys() throws Exception {
    try (Connection connection = target().connect();
        Db db = new Db(connection)) {
      return db.column(
          "SELECT CONCAT(REFERENCED_TABLE_SCHEMA, '.', REFERENCED_TABLE_NAME) FROM"
              + " information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL"
              + " AND TABLE_SCHEMA NOT IN ('mysql', 'sys')");
    }
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
  }

  private String value(String sql) throws Exception {
    try (Connection connection = target().connect();
        Db db = new Db(connection)) {
      return db.value(sql);
    }
  }
}
