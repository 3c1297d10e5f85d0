package dev.foldback.demo;

import dev.foldback.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The shop: made by shop.sql, described and summed up by the server itself. */
final class ShopData {
  private ShopData() {}

  /** Runs the script; statements end at a line of two slashes. */
  static int fill(TestServer server) throws SQLException {
    String[] statements = script().split("(?m)^//$", -1);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return statements.length;
  }

  static String describe(TestServer server) throws SQLException {
    long rows = 0;
    for (String table : tables(server)) {
      rows += Long.parseLong(one(server, "select count(*) from shop." + table, 1));
    }
    String bytes =
        one(
            server,
            "select sum(data_length + index_length) from information_schema.tables"
                + " where table_schema = 'shop'",
            1);
    return String.format(
        Locale.ROOT,
        "%s: %,d rows in %d tables, %.0f MB on disk, with views, triggers, routines and accounts",
        one(server, "select version()", 1),
        rows,
        tables(server).size(),
        Double.parseDouble(bytes) / 1e6);
  }

  /** Table to CHECKSUM TABLE. */
  static Map<String, String> checksums(TestServer server) throws SQLException {
    Map<String, String> sums = new TreeMap<>();
    for (String table : tables(server)) {
      sums.put(table, one(server, "checksum table shop." + table, 2));
    }
    return sums;
  }

  private static List<String> tables(TestServer server) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = 'shop'"
                    + " and table_type not in ('VIEW', 'SEQUENCE') order by 1")) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    }
    return names;
  }

  private static String one(TestServer server, String sql, int column) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(column);
    }
  }

  private static String script() {
    try (InputStream in = ShopData.class.getResourceAsStream("shop.sql")) {
      if (in == null) {
        throw new IllegalStateException("shop.sql is missing from the demo");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
