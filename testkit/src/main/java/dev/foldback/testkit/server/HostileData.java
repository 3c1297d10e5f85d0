package dev.foldback.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data that is hard to carry: scripts below {@code hostile/}, one an area. The first line of each
 * says which servers it is for: {@code -- needs: any}, {@code mysql>=9.0} or {@code
 * mariadb>=10.11}. Statements end with two semicolons, so that programs can hold single ones.
 */
public final class HostileData {
  private static final String FOLDER = "hostile/";
  private static final String TIME_ZONES = "01-time-zones.sql";
  private static final Pattern NEEDS =
      Pattern.compile("-- needs: (?:any|(mysql|mariadb)>=(\\d+)\\.(\\d+))");
  private static final Map<String, String> SESSION =
      Map.of(
          "sessionVariables",
          "time_zone='+00:00',sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");

  private HostileData() {}

  /** Fills an empty server with all that it supports; fails with the first statement that fails. */
  public static void load(TestServer server) throws SQLException {
    for (String name : read("index").lines().toList()) {
      String script = read(name);
      if (supports(server, name, script.lines().findFirst().orElse(""))) {
        run(server, name, script);
      }
    }
  }

  /** Gives another server the settings that a restore of this data asks for and never changes. */
  public static void prepare(TestServer target) throws SQLException {
    run(target, TIME_ZONES, read(TIME_ZONES));
    if (!target.kind().mariaDb()) {
      target.execute("SET GLOBAL partial_revokes=ON");
    }
  }

  private static boolean supports(TestServer server, String name, String firstLine)
      throws SQLException {
    Matcher needs = NEEDS.matcher(firstLine);
    if (!needs.matches()) {
      throw new IllegalStateException(name + " does not say what it needs");
    }
    if (needs.group(1) == null) {
      return true;
    }
    try (Connection connection = server.connect()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      int minor = connection.getMetaData().getDatabaseMinorVersion();
      int wantedMajor = Integer.parseInt(needs.group(2));
      return needs.group(1).equals(server.kind().scheme())
          && (major > wantedMajor
              || (major == wantedMajor && minor >= Integer.parseInt(needs.group(3))));
    }
  }

  private static void run(TestServer server, String name, String script) throws SQLException {
    try (Connection connection = server.connect(SESSION);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements(script)) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new SQLException(
              name + " on " + server + ": " + e.getMessage() + " in: " + sql, e.getSQLState(), e);
        }
      }
    }
  }

  private static List<String> statements(String script) {
    String body = script.substring(script.indexOf('\n') + 1);
    return Arrays.stream(body.split(";;\n", -1)).filter(s -> !s.isBlank()).toList();
  }

  private static String read(String name) {
    try (InputStream in = HostileData.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
