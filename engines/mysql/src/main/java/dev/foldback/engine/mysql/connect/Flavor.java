package dev.foldback.engine.mysql.connect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server of the family this is. All questions of "can it do that" are asked here by version,
 * so that the rest of the engine names features, not numbers.
 *
 * @param mariaDb MariaDB rather than MySQL (Percona Server counts as MySQL)
 * @param version as the server prints it
 */
public record Flavor(boolean mariaDb, int major, int minor, int patch, String version) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  /**
   * Reads {@code select version()}, such as {@code 5.5.5-10.11.6-MariaDB-log} or {@code 8.0.31}.
   */
  public static Flavor parse(String version) {
    boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb");
    String text = mariaDb && version.startsWith("5.5.5-") ? version.substring(6) : version;
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.find()) {
      return new Flavor(mariaDb, 0, 0, 0, version);
    }
    return new Flavor(
        mariaDb,
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        Integer.parseInt(numbers.group(3)),
        version);
  }

  /** {@code mysql} or {@code mariadb}. */
  public String family() {
    return mariaDb ? "mariadb" : "mysql";
  }

  public boolean atLeast(int major, int minor, int patch) {
    return this.major != major
        ? this.major > major
        : this.minor != minor ? this.minor > minor : this.patch >= patch;
  }

  /** MySQL (not MariaDB) of at least this version. */
  public boolean mySqlAtLeast(int major, int minor, int patch) {
    return !mariaDb && atLeast(major, minor, patch);
  }

  /** MariaDB of at least this version. */
  public boolean mariaDbAtLeast(int major, int minor, int patch) {
    return mariaDb && atLeast(major, minor, patch);
  }

  /** Whether two tables of a schema can't have foreign keys of one name. */
  public boolean hasForeignKeyNamesOncePerSchema() {
    return !mariaDbAtLeast(12, 1, 0);
  }

  /** MariaDB: the end of the life of a row of a versioned table that is still alive, at +00:00. */
  public String endOfTime() {
    return mariaDbAtLeast(11, 5, 0) ? "2106-02-07 06:28:15.999999" : "2038-01-19 03:14:07.999999";
  }
}
