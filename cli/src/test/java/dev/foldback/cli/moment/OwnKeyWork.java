package dev.foldback.cli.moment;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Work by chance over tables whose keys hold what a foreign key writes, four levels down: few
 * values, so that they are taken, left and taken again, also by rows that come and go between.
 */
final class OwnKeyWork {
  /** Duplicates, and rows that others point to or that point nowhere. */
  private static final Set<Integer> EXPECTED = Set.of(1062, 1451, 1452, 1761, 1048);

  private static final String ON_BOTH = " ON DELETE CASCADE ON UPDATE CASCADE";

  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE w.orders (id int PRIMARY KEY, v int)",
          "CREATE TABLE w.items (order_id int, line int, v int, PRIMARY KEY (order_id, line),"
              + " FOREIGN KEY (order_id) REFERENCES w.orders (id)"
              + ON_BOTH
              + ")",
          "CREATE TABLE w.pieces (v int, part int, line int, order_id int, PRIMARY KEY (order_id,"
              + " line, part), FOREIGN KEY (order_id, line) REFERENCES w.items (order_id, line)"
              + ON_BOTH
              + ")",
          "CREATE TABLE w.marks (order_id int, line int, part int, name varchar(9), v int, PRIMARY"
              + " KEY (name, part, order_id, line), FOREIGN KEY (order_id, line, part) REFERENCES"
              + " w.pieces (order_id, line, part)"
              + ON_BOTH
              + ")",
          "CREATE TABLE w.notes (id int PRIMARY KEY, order_id int, line int, v int, FOREIGN KEY"
              + " (order_id, line) REFERENCES w.items (order_id, line) ON DELETE SET NULL ON UPDATE"
              + " CASCADE)",
          "CREATE TABLE w.extras (order_id int PRIMARY KEY, v int, FOREIGN KEY (order_id)"
              + " REFERENCES w.orders (id) ON UPDATE CASCADE)",
          "CREATE TABLE w.further (order_id int PRIMARY KEY, up int, v int, FOREIGN KEY (order_id)"
              + " REFERENCES w.extras (order_id)"
              + ON_BOTH
              + ", FOREIGN KEY (up) REFERENCES w.orders (id) ON DELETE SET NULL ON UPDATE CASCADE)",
          "CREATE TABLE w.trail (order_id int, v int, FOREIGN KEY (order_id) REFERENCES w.orders"
              + " (id)"
              + ON_BOTH
              + ")",
          "CREATE TABLE w.lost (v int, line int, order_id int, FOREIGN KEY (order_id, line)"
              + " REFERENCES w.items (order_id, line) ON DELETE SET NULL ON UPDATE CASCADE)",
          "CREATE TABLE w.codes (code varchar(9) PRIMARY KEY, v int)",
          "CREATE TABLE w.uses (code varchar(9), n int, v int, PRIMARY KEY (n, code), FOREIGN KEY"
              + " (code) REFERENCES w.codes (code)"
              + ON_BOTH
              + ")");

  private final Random random;

  OwnKeyWork(long seed) {
    this.random = new Random(seed);
  }

  void run(Connection connection, int transactions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE w");
      for (int i = 0; i < transactions; i++) {
        statement.execute("BEGIN");
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
          one(statement);
        }
        if (random.nextInt(6) == 0) {
          statement.execute("SAVEPOINT s");
          one(statement);
          statement.execute("ROLLBACK TO s");
        }
        statement.execute(random.nextInt(12) == 0 ? "ROLLBACK" : "COMMIT");
      }
    }
  }

  private void one(Statement statement) throws SQLException {
    try {
      statement.execute(sql());
    } catch (SQLException e) {
      if (!EXPECTED.contains(e.getErrorCode())) {
        throw e;
      }
    }
  }

  private String sql() {
    return switch (random.nextInt(46)) {
      case 0, 1, 2, 3 -> "INSERT INTO orders VALUES (" + n(12) + ", " + n(9) + ")";
      case 4, 5, 6, 7, 8 ->
          "INSERT INTO items SELECT id, " + n(3) + ", " + n(9) + " FROM orders" + some("id");
      case 9, 10, 11, 12 ->
          ("INSERT INTO pieces SELECT " + n(9) + ", " + n(3) + ", line, order_id FROM items")
              + some("order_id * 3 + line");
      case 13, 14, 15 ->
          ("INSERT INTO marks SELECT order_id, line, part, 'm" + n(2) + "', " + n(9))
              + " FROM pieces"
              + some("order_id * 9 + line * 3 + part");
      case 16, 17 ->
          ("INSERT INTO notes SELECT " + n(30) + ", order_id, line, " + n(9) + " FROM items")
              + some("order_id + line");
      case 18, 19 -> "INSERT INTO extras SELECT id, " + n(9) + " FROM orders" + some("id");
      case 20 -> "INSERT INTO further SELECT order_id, order_id, 1 FROM extras" + some("order_id");
      case 21, 22, 23 -> "UPDATE orders SET id = " + n(16) + " WHERE id = " + n(12);
      case 24 -> "UPDATE orders SET id = id + 1 WHERE id > " + n(9) + " ORDER BY id DESC LIMIT 3";
      case 25 -> "UPDATE items SET line = " + n(4) + " WHERE order_id = " + n(12) + " LIMIT 1";
      case 26 -> "UPDATE items SET order_id = " + n(12) + " WHERE order_id = " + n(12) + " LIMIT 1";
      case 27 -> "UPDATE pieces SET part = part + 3 WHERE order_id = " + n(12) + " LIMIT 1";
      case 28 -> values();
      case 29 -> values();
      case 30 -> "DELETE FROM orders WHERE id = " + n(12);
      case 31 -> "DELETE FROM items WHERE order_id = " + n(12) + " LIMIT 1";
      case 32 -> "DELETE FROM pieces WHERE order_id = " + n(12) + " LIMIT 2";
      case 33 -> "REPLACE INTO items SELECT id, 1, 77 FROM orders" + some("id");
      case 34 -> "DELETE FROM extras WHERE order_id = " + n(12);
      case 35 -> "INSERT INTO codes VALUES (" + code() + ", 1)";
      case 36 ->
          ("INSERT INTO uses SELECT "
                  + (random.nextBoolean() ? "UPPER(code)" : "CONCAT(code, ' ')"))
              + (", " + n(3) + ", 1 FROM codes" + some("LENGTH(code)"));
      case 37 -> "UPDATE codes SET code = " + code() + " WHERE code = " + code();
      case 38 -> "UPDATE uses SET v = v + 1, n = n + 1 WHERE code = " + code() + " LIMIT 1";
      default ->
          "DELETE FROM " + (random.nextBoolean() ? "codes" : "uses") + " WHERE code = " + code();
    };
  }

  /** A statement after which rows have another form. */
  String statement() {
    String table = List.of("items", "pieces", "notes", "trail", "orders").get(random.nextInt(5));
    return "ALTER TABLE w." + table + " MODIFY v " + (random.nextBoolean() ? "varchar(20)" : "int");
  }

  private String values() {
    String table =
        List.of("items", "pieces", "marks", "notes", "extras", "further").get(random.nextInt(6));
    return "UPDATE " + table + " SET v = v + 10 WHERE order_id % 4 = " + n(4) + " LIMIT 2";
  }

  /** One of them by chance. */
  private String some(String by) {
    return " ORDER BY (" + by + ") * " + (1 + random.nextInt(97)) + " % 13, 1, 2 LIMIT 1";
  }

  private int n(int below) {
    return random.nextInt(below);
  }

  private String code() {
    String base = "c" + random.nextInt(4);
    return "'" + (random.nextBoolean() ? base.toUpperCase(Locale.ROOT) : base) + "'";
  }
}
