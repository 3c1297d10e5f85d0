package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.TestServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small shop of some megabytes, the same on every server of the family. */
final class Shop {
  private Shop() {}

  /** Makes the schema {@code shop} with that many orders. */
  static void fill(TestServer server, int orders) throws SQLException {
    server.execute(
        "create database shop character set utf8mb4",
        "create table shop.n (n int not null primary key)",
        "create table shop.d (d int not null)",
        "insert into shop.d values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "insert into shop.n select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as x"
            + " from shop.d a, shop.d b, shop.d c, shop.d e, shop.d f having x < "
            + orders,
        "create table shop.customer (id int not null auto_increment primary key,"
            + " email varchar(100) not null, name varchar(80), score float, unique key (email))",
        "insert into shop.customer (email, name, score)"
            + " select concat('c', n, '@example.com'), concat('Zoë ', n), n / 7 from shop.n"
            + " where n < 5000",
        "create table shop.orders (id bigint unsigned not null auto_increment primary key,"
            + " customer int not null, placed datetime(3) not null, state enum('new','sent'),"
            + " note varchar(400), key (placed), foreign key (customer) references"
            + " shop.customer (id))",
        "insert into shop.orders (customer, placed, state, note)"
            + " select 1 + n % 5000, '2026-01-01' + interval n second, 1 + n % 2,"
            + " repeat(left(sha2(n, 256), 32), 1 + n % 12) from shop.n",
        "create table shop.item (orders bigint unsigned not null, line int not null, price"
            + " decimal(10,2), bytes varbinary(300), primary key (orders, line), key (price))",
        "insert into shop.item select n + 1, 1, n / 3, unhex(repeat(sha2(n, 256), 1 + n % 6))"
            + " from shop.n",
        "create table shop.visit (at datetime not null, path varchar(200))",
        "insert into shop.visit select '2026-02-01' + interval n second, repeat('/a', n % 90)"
            + " from shop.n",
        "create table shop.blank (id int primary key)",
        "create view shop.sent as select id, placed from shop.orders where state = 'sent'",
        "drop table shop.n, shop.d");
  }

  /** 40 MB of rows that don't compress, so that whole objects are stored long before the end. */
  static void addNoise(TestServer server) throws SQLException {
    server.execute(
        "create table shop.noise (id int not null auto_increment primary key, b blob)",
        "insert into shop.noise (b) select random_bytes(1000) from shop.visit limit 10000",
        "insert into shop.noise (b) select random_bytes(1000) from shop.noise a limit 10000",
        "insert into shop.noise (b) select random_bytes(1000) from shop.noise a limit 20000");
  }

  private static List<String> tables(TestServer server) throws SQLException {
    return text(
        server,
        "select table_name from information_schema.tables where table_schema = 'shop'"
            + " and table_type = 'BASE TABLE'");
  }

  static long rows(TestServer server) throws SQLException {
    long rows = 0;
    for (String table : tables(server)) {
      rows += Long.parseLong(text(server, "select count(*) from shop." + table).getFirst());
    }
    return rows;
  }

  /** Each table's own checksum and definition, by the server. */
  static Map<String, String> checksums(TestServer server) throws SQLException {
    Map<String, String> sums = new TreeMap<>();
    for (String table : tables(server)) {
      sums.put(
          table,
          text(server, "checksum table shop." + table)
              + "\n"
              + text(server, "show create table shop." + table));
    }
    sums.put("sent", String.valueOf(text(server, "show create view shop.sent")));
    return sums;
  }

  /** Whether everything is there and no note of an unfinished restore is left. */
  static boolean isComplete(TestServer target, TestServer source) throws SQLException {
    if (!text(target, "show databases like 'foldback_restore'").isEmpty()
        || text(target, "show databases like 'shop'").isEmpty()) {
      return false;
    }
    return text(target, "show full tables from shop")
            .equals(text(source, "show full tables from shop"))
        && checksums(target).equals(checksums(source));
  }

  private static List<String> text(TestServer server, String sql) throws SQLException {
    return server.texts(sql);
  }
}
