package dev.foldback.engine.mysql.rows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What becomes of the numbers in a JSON text that a server stores. */
public enum JsonReading {
  /** The text is kept as it is. */
  NONE,
  /** Fractions become the nearest doubles. */
  NEAREST,
  /** Fractions with many digits, or very large or small ones, become a double nearby. */
  NEARBY;

  /** Printed doubles that MySQL 8.0 reads as their neighbours. */
  private static final String PRINTED =
      "[0.09978378472258509, 1.2792919917801585e210, -0.000000000003411081501024514]";

  /**
   * Asks a MySQL server, because it was mended within a series.
   *
   * @throws SQLException from the server
   */
  public static JsonReading ofMySql(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("SELECT CAST('" + PRINTED + "' AS JSON)")) {
      read.next();
      return PRINTED.equals(read.getString(1)) ? NEAREST : NEARBY;
    }
  }
}
