package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Flavor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** SQL modes that one family has and the other refuses. */
final class SqlModes {
  private static final Set<String> MYSQL_ONLY = Set.of("TIME_TRUNCATE_FRACTIONAL");
  private static final Set<String> MARIADB_ONLY =
      Set.of(
          "EMPTY_STRING_IS_NULL",
          "SIMULTANEOUS_ASSIGNMENT",
          "TIME_ROUND_FRACTIONAL",
          "IGNORE_BAD_TABLE_OPTIONS",
          "NO_AUTO_CREATE_USER",
          "NO_FIELD_OPTIONS",
          "NO_KEY_OPTIONS",
          "NO_TABLE_OPTIONS",
          "POSTGRESQL",
          "ORACLE",
          "MSSQL",
          "DB2",
          "MAXDB",
          "MYSQL323",
          "MYSQL40");

  private SqlModes() {}

  static String known(Flavor flavor, String modes) {
    Set<String> refused = flavor.mariaDb() ? MYSQL_ONLY : MARIADB_ONLY;
    return Arrays.stream(modes.split(",", -1))
        .filter(m -> !refused.contains(m))
        .collect(Collectors.joining(","));
  }
}
