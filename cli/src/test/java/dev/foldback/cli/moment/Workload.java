package dev.foldback.cli.moment;

import dev.foldback.testkit.JsonWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Transactions by chance over tables of every shape that a fold must get right. */
public final class Workload {
  /**
   * Duplicates, values out of range, and tables that DDL has changed: tables were renamed, columns
   * are more or fewer.
   */
  private static final Set<Integer> EXPECTED =
      Set.of(
          1062, 1264, 1690, 1054, 1136, 1146, 1364, 1265, 1366, 1292, 1406, 1451, 1452, 1761, 3819);

  private final Random random;
  private final boolean mariaDb;
  private final boolean typedJson;
  private final boolean foreignKeys;
  private final JsonWork documents;
  private int made;

  /**
   * @param typedJson whether documents hold DECIMAL and DATE values, which no text of JSON brings
   *     back
   */
  public Workload(long seed, boolean mariaDb, boolean typedJson) {
    this(seed, mariaDb, typedJson, true);
  }

  /**
   * @param foreignKeys whether rows go that others point to by a foreign key that acts
   */
  Workload(long seed, boolean mariaDb, boolean typedJson, boolean foreignKeys) {
    this.foreignKeys = foreignKeys;
    this.typedJson = typedJson;
    this.random = new Random(seed);
    this.documents = new JsonWork(random, false);
    this.mariaDb = mariaDb;
  }

  public static List<String> schema(boolean mariaDb) {
    List<String> sql = new ArrayList<>();
    sql.add("CREATE DATABASE w CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    sql.add(
        "CREATE TABLE w.ints (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, a int, b varchar(40), c"
            + " datetime(3), d decimal(20,5), f double, g float, e enum('x','y','z'), s"
            + " set('p','q'), bl blob, ts timestamp(2) NULL, y year, bi bit(9), ti time(1), KEY"
            + " (a))");
    sql.add(
        "CREATE TABLE w.texts (k varchar(30) NOT NULL PRIMARY KEY, v int unsigned zerofill, c"
            + " char(5) CHARACTER SET latin1) COLLATE utf8mb4_general_ci");
    sql.add(
        "CREATE TABLE w.pairs (a int NOT NULL, b varbinary(8) NOT NULL, c bigint unsigned, PRIMARY"
            + " KEY (b, a))");
    sql.add("CREATE TABLE w.nokey (x int, y varchar(10), z float, bin binary(4))");
    sql.add("CREATE TABLE w.uniq (u date NOT NULL, v text, UNIQUE KEY (u))");
    sql.add(
        "CREATE TABLE w.gen (id int PRIMARY KEY, a int, vv int AS (a * 2) VIRTUAL, st int AS (a +"
            + " 1) STORED, z int)");
    sql.add(
        "CREATE TABLE w.parts (id int NOT NULL PRIMARY KEY, v int) PARTITION BY RANGE (id)"
            + " (PARTITION p0 VALUES LESS THAN (200), PARTITION p1 VALUES LESS THAN (400),"
            + " PARTITION p2 VALUES LESS THAN MAXVALUE)");
    sql.add("CREATE TABLE w.fk_top (id int NOT NULL PRIMARY KEY, code bigint NOT NULL UNIQUE)");
    sql.add(
        "CREATE TABLE w.fk_mid (id int NOT NULL PRIMARY KEY, top int, code bigint, v int, FOREIGN"
            + " KEY (top) REFERENCES w.fk_top (id) ON DELETE CASCADE ON UPDATE CASCADE, FOREIGN KEY"
            + " (code) REFERENCES w.fk_top (code) ON DELETE SET NULL ON UPDATE CASCADE)");
    sql.add(
        "CREATE TABLE w.fk_low (a int NOT NULL, mid int NOT NULL, v int, PRIMARY KEY (mid, a),"
            + " FOREIGN KEY (mid) REFERENCES w.fk_mid (id) ON DELETE CASCADE ON UPDATE CASCADE)");
    sql.add(
        "CREATE TABLE w.fk_self (id int NOT NULL PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES"
            + " w.fk_self (id) ON DELETE CASCADE)");
    sql.add(
        "CREATE TABLE w.tx_top (code varchar(12) NOT NULL PRIMARY KEY, name char(8) CHARACTER SET"
            + " latin1 NOT NULL UNIQUE)");
    sql.add(
        "CREATE TABLE w.tx_mid (id int NOT NULL PRIMARY KEY, code varchar(20) UNIQUE, name char(8)"
            + " CHARACTER SET latin1, FOREIGN KEY (code) REFERENCES w.tx_top (code) ON DELETE"
            + " CASCADE ON UPDATE CASCADE, FOREIGN KEY (name) REFERENCES w.tx_top (name) ON DELETE"
            + " SET NULL ON UPDATE CASCADE)");
    sql.add(
        "CREATE TABLE w.tx_low (id int NOT NULL PRIMARY KEY, code varchar(20), FOREIGN KEY (code)"
            + " REFERENCES w.tx_mid (code) ON DELETE CASCADE ON UPDATE CASCADE)");
    sql.add("CREATE TABLE w.swap (id int NOT NULL PRIMARY KEY, v int)");
    if (!mariaDb) {
      sql.add("CREATE TABLE w.js (id int PRIMARY KEY, j json)");
    } else {
      sql.add("CREATE SEQUENCE w.seq");
      sql.add("CREATE TABLE w.js (id uuid PRIMARY KEY, j inet6)");
    }
    return sql;
  }

  /** Runs some transactions. */
  public void run(Connection connection, int transactions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE w");
      if (!mariaDb) {
        String parts = random.nextInt(4) > 0 ? "PARTIAL_JSON" : "";
        statement.execute("SET binlog_row_value_options='" + parts + "'");
      }
      for (int i = 0; i < transactions; i++) {
        transaction(statement);
      }
    }
  }

  private void transaction(Statement statement) throws SQLException {
    int kind = random.nextInt(20);
    if (kind < 12) {
      one(statement);
      return;
    }
    statement.execute("BEGIN");
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      one(statement);
      if (random.nextInt(6) == 0) {
        statement.execute("SAVEPOINT s");
        one(statement);
        statement.execute("ROLLBACK TO s");
      }
    }
    statement.execute(kind == 12 ? "ROLLBACK" : "COMMIT");
  }

  private void one(Statement statement) throws SQLException {
    try {
      statement.execute(dml());
    } catch (SQLException e) {
      // A duplicate or a value out of range is part of life; the server undid the statement.
      if (!EXPECTED.contains(e.getErrorCode())) {
        throw e;
      }
    }
  }

  private String dml() {
    int kind = random.nextInt(foreignKeys ? 46 : 27);
    return switch (!foreignKeys && kind > 24 ? 44 : kind) {
      case 0, 1, 2, 3 -> insertInts();
      case 4 -> "UPDATE ints SET a=" + n(50) + ", b=" + text() + " WHERE id % 7 = " + n(7);
      case 5 -> "UPDATE ints SET bl=" + bytes() + ", f=" + number() + " WHERE id % 11 = " + n(11);
      case 6 -> "DELETE FROM ints WHERE id % 23 = " + n(23);
      case 7 -> "UPDATE ints SET id = id + 100000 WHERE id = " + n(300);
      case 8, 9 -> "INSERT INTO texts VALUES (" + key() + "," + n(99) + "," + text5() + ")";
      case 10 -> "REPLACE INTO texts VALUES (" + key() + "," + n(99) + ",'r')";
      case 11 ->
          "INSERT INTO texts VALUES ("
              + key()
              + ",1,'d') ON DUPLICATE KEY UPDATE v = v + 1, k ="
              + " UPPER(k)";
      case 12 -> "UPDATE texts SET k = CONCAT(k, 'x') WHERE LENGTH(k) < 6 AND v % 5 = " + n(5);
      case 13 -> "INSERT INTO pairs VALUES (" + n(20) + "," + bytes8() + "," + n(1000) + ")";
      case 14 -> "UPDATE pairs SET a = a + 1, c = 18446744073709551615 WHERE a = " + n(20);
      case 15, 16 ->
          "INSERT INTO nokey VALUES ("
              + n(3)
              + ","
              + text5()
              + ","
              + number()
              + ",0x"
              + hex(2)
              + ")";
      case 17 -> "UPDATE nokey SET x = x + 1 WHERE x = " + n(4) + " LIMIT 2";
      case 18 -> "DELETE FROM nokey WHERE x = " + n(5) + " LIMIT 1";
      case 19 ->
          "REPLACE INTO uniq VALUES (DATE('2020-01-01') + INTERVAL "
              + n(60)
              + " DAY,"
              + text()
              + ")";
      case 20 -> "REPLACE INTO gen (id, a, z) VALUES (" + n(50) + "," + n(9) + "," + n(9) + ")";
      case 21 -> "REPLACE INTO parts VALUES (" + n(600) + "," + n(9) + ")";
      case 22 -> "UPDATE parts SET id = id + 150 WHERE id = " + n(500);
      case 23 -> "UPDATE ints, texts SET ints.a = texts.v, texts.c = 'm' WHERE ints.a = texts.v";
      case 24 -> swap();
      case 25, 26 -> "INSERT INTO fk_top VALUES (" + n(40) + "," + (1000 + n(60)) + ")";
      case 27, 28 ->
          "INSERT INTO fk_mid SELECT "
              + n(90)
              + ", id, code, "
              + n(9)
              + " FROM fk_top ORDER BY id * "
              + (1 + n(7))
              + " % 11, id LIMIT 1";
      case 29, 30 ->
          "INSERT INTO fk_low SELECT "
              + n(9)
              + ", id, 1 FROM fk_mid ORDER BY id * "
              + (1 + n(7))
              + " % 13, id LIMIT 1";
      case 31 -> "DELETE FROM fk_top WHERE id = " + n(40);
      case 32 -> "UPDATE fk_top SET id = id + 40 WHERE id = " + n(40);
      case 33 -> "UPDATE fk_top SET code = code + 100 WHERE id % 9 = " + n(9);
      case 34 ->
          switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM fk_mid WHERE id = " + n(90);
            // Part of the key of rows further down.
            case 1 -> "UPDATE fk_mid SET id = " + n(90) + " WHERE id = " + n(90);
            default -> "UPDATE fk_mid SET v = v + 1 WHERE id % 5 = " + n(5);
          };
      case 35 ->
          random.nextInt(5) == 0
              ? "DELETE FROM fk_self WHERE id = " + n(60)
              : "INSERT INTO fk_self VALUES ("
                  + n(60)
                  + ","
                  + (random.nextInt(4) == 0 ? "NULL" : n(60))
                  + ")";
      case 36, 37, 38, 39, 40, 41, 42, 43 -> texts(kind - 36);
      default -> json();
    };
  }

  /** Foreign keys over texts that are equal in both cases and with blanks after them. */
  private String texts(int kind) {
    return switch (kind) {
      case 0, 1 -> "INSERT INTO tx_top VALUES (" + code() + "," + code() + ")";
      case 2, 3 ->
          "INSERT INTO tx_mid SELECT "
              + n(60)
              + (", " + spelt("code") + ", " + spelt("name"))
              + (" FROM tx_top WHERE code >= " + code() + " ORDER BY code LIMIT 1");
      case 4 ->
          "INSERT INTO tx_low SELECT "
              + n(60)
              + (", " + spelt("code"))
              + (" FROM tx_mid WHERE code >= " + code() + " ORDER BY code LIMIT 1");
      case 5 -> "DELETE FROM tx_top WHERE code = " + code();
      case 6 -> "UPDATE tx_top SET name = " + spelt("name") + " WHERE name >= " + code();
      default ->
          switch (random.nextInt(5)) {
            case 0 -> "UPDATE tx_mid SET code = " + spelt("code") + " WHERE id % 9 = " + n(9);
            case 1 -> "UPDATE tx_mid SET id = id + 1 WHERE id = " + n(60);
            case 2, 3 -> "UPDATE tx_top SET code = CONCAT(code, 'x') WHERE code = " + code();
            default -> "UPDATE tx_top SET name = " + code() + " WHERE code = " + code();
          };
    };
  }

  private String code() {
    String base = "c-" + random.nextInt(16) + (random.nextInt(4) == 0 ? " " : "");
    return "'" + (random.nextBoolean() ? base.toUpperCase(Locale.ROOT) : base) + "'";
  }

  private String spelt(String column) {
    return switch (random.nextInt(4)) {
      case 0 -> "UPPER(" + column + ")";
      case 1 -> "CONCAT(LOWER(" + column + "), ' ')";
      default -> column;
    };
  }

  private String swap() {
    return random.nextBoolean()
        ? "INSERT INTO swap VALUES (" + n(40) + "," + n(9) + ")"
        // Every key moves by one: a chain of changed keys in one statement.
        : "UPDATE swap SET id = id + 1 ORDER BY id DESC";
  }

  private String json() {
    if (mariaDb) {
      return random.nextInt(4) == 0
          ? "INSERT INTO ints (a) SELECT NEXTVAL(seq)"
          : "REPLACE INTO js VALUES (uuid(), '::" + hex(1) + "')";
    }
    int kind = random.nextInt(6);
    if (typedJson && kind > 3) {
      return kind == 4
          ? "UPDATE js SET j = " + documents.change("j") + " WHERE id % 5 = " + n(5)
          : "REPLACE INTO js VALUES (" + n(60) + ", " + documents.document() + ")";
    }
    return kind < 2
        ? "UPDATE js SET j = JSON_SET(j, '$.n', " + n(9) + ") WHERE id % 5 = " + n(5)
        : "REPLACE INTO js VALUES ("
            + n(60)
            + ", JSON_OBJECT('n', "
            + n(1000)
            + (typedJson ? ", 'd', CAST(" + number() + " AS DECIMAL(12,4)), 't', CURRENT_DATE" : "")
            + ", 's', "
            + text()
            + ", 'f', "
            + (typedJson ? number() : "CAST(" + number() + " AS DOUBLE)")
            + "))";
  }

  private String insertInts() {
    StringBuilder sql =
        new StringBuilder("INSERT INTO ints (a,b,c,d,f,g,e,s,bl,ts,y,bi,ti) VALUES ");
    int rows = 1 + random.nextInt(6);
    for (int i = 0; i < rows; i++) {
      sql.append(i == 0 ? "(" : ",(")
          .append(n(50))
          .append(',')
          .append(random.nextInt(8) == 0 ? "NULL" : text())
          .append(",'2021-0")
          .append(1 + n(9))
          .append("-11 01:02:03.")
          .append(n(1000))
          .append("',")
          .append(number())
          .append(',')
          .append(number())
          .append(',')
          .append(number())
          .append(',')
          .append(1 + n(3))
          .append(',')
          .append(n(4))
          .append(',')
          .append(bytes())
          .append(",'2024-03-31 0")
          .append(n(9))
          .append(":30:00',")
          .append(1950 + n(200))
          .append(',')
          .append(n(512))
          .append(",'-")
          .append(n(800))
          .append(":11:12.5')");
    }
    return sql.toString();
  }

  /** A statement of DDL, of the kinds that people run beside their work. */
  String ddl() {
    made++;
    return switch (random.nextInt(17)) {
      case 0 -> "ALTER TABLE ints ADD COLUMN n" + made + " int DEFAULT " + n(9);
      case 1 ->
          "ALTER TABLE ints ADD COLUMN m" + made + " varchar(9) NOT NULL DEFAULT 'q' AFTER id";
      case 2 -> "ALTER TABLE ints MODIFY b varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
      case 3 -> "ALTER TABLE ints ADD KEY k" + made + " (b(5))";
      case 4 -> "CREATE TABLE copy" + made + " LIKE ints";
      case 5 -> "RENAME TABLE swap TO swap_old, pairs TO swap, swap_old TO pairs";
      case 6 -> "TRUNCATE TABLE nokey";
      case 7 -> "ALTER TABLE parts TRUNCATE PARTITION p" + n(3);
      case 8 -> "CREATE TABLE sel" + made + " SELECT id, a, b FROM ints WHERE id < 30";
      case 9 -> "ALTER TABLE nokey ADD COLUMN x" + made + " int FIRST";
      case 10 -> "ALTER TABLE texts COMMENT '" + made + "'";
      case 11 -> "ALTER TABLE uniq MODIFY v mediumtext CHARACTER SET latin1";
      case 12 -> "ALTER TABLE gen DROP COLUMN st, ADD COLUMN st bigint AS (a + 2) STORED";
      case 13 -> "CREATE OR REPLACE VIEW v AS SELECT a, COUNT(*) AS c FROM ints GROUP BY a";
      case 14 -> "ALTER TABLE uniq DROP KEY u, ADD PRIMARY KEY (u), ADD UNIQUE KEY u (u)";
      case 15 -> "ALTER TABLE gen CHANGE z zz int, CHANGE zz z int";
      default -> "OPTIMIZE TABLE texts";
    };
  }

  private int n(int below) {
    return random.nextInt(below);
  }

  private String number() {
    return switch (random.nextInt(6)) {
      case 0 -> "0";
      case 1 -> "-1.5";
      case 2 -> "1e" + random.nextInt(12);
      case 3 -> String.format(Locale.ROOT, "%.9f", random.nextGaussian());
      default -> String.format(Locale.ROOT, "%.4f", random.nextGaussian() * 1000);
    };
  }

  private String text() {
    return switch (random.nextInt(5)) {
      case 0 -> "''";
      case 1 -> "'tab\\tline\\nback\\\\slash'";
      case 2 -> "'Zürich ✓ 😀'";
      default -> "'t" + random.nextInt(100000) + "'";
    };
  }

  private String text5() {
    return "'" + "abcde".substring(random.nextInt(5)) + (random.nextBoolean() ? " " : "") + "'";
  }

  /** Keys that are equal under the collation though not in bytes come up. */
  private String key() {
    String base = "k" + random.nextInt(40);
    return "'" + (random.nextBoolean() ? base.toUpperCase(Locale.ROOT) : base) + "'";
  }

  private String bytes() {
    return random.nextInt(5) == 0 ? "NULL" : "0x" + hex(1 + random.nextInt(40));
  }

  private String bytes8() {
    return "0x" + hex(1 + random.nextInt(3));
  }

  private String hex(int bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      hex.append(String.format("%02x", random.nextInt(256)));
    }
    return hex.toString();
  }
}
