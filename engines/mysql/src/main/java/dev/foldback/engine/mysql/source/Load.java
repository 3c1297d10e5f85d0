package dev.foldback.engine.mysql.source;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's load beside its limits, looked at through a connection of its own. */
final class Load implements AutoCloseable {
  private static final String NUMBER = "\\d{1,18}";

  private final Connection connection;
  private final Flavor flavor;
  private final Map<String, Long> limits;
  private final List<Finding> findings = new ArrayList<>();

  private Load(Connection connection, Flavor flavor, Map<String, Long> limits) {
    this.connection = connection;
    this.flavor = flavor;
    this.limits = limits;
  }

  /**
   * The load at one moment.
   *
   * @param above the first value above its limit, in words; empty where there is none
   * @param unknown what can't be told, in words; empty where all can
   */
  record State(String above, String unknown) {}

  /** Fails where a limit is on something that this server or account does not show. */
  static Load open(Connector connector, ServerFacts facts, Map<String, Long> limits)
      throws SQLException {
    Connection connection = connector.open("load");
    try {
      Load load = new Load(connection, connector.flavor(), limits);
      load.check(facts);
      return load;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void check(ServerFacts facts) throws SQLException {
    Map<String, String> status = Queries.pairs(connection, "show global status");
    for (String name : limits.keySet()) {
      if (Lag.isName(name)) {
        checkLag(name, facts);
      } else if (!status.getOrDefault(name.toLowerCase(Locale.ROOT), "").matches(NUMBER)) {
        throw new FoldbackException(
            ErrorCode.USAGE,
            "no status value of this server that is a whole number is called "
                + name
                + ", so it can't be a limit on load",
            "Did you mean " + nearest(name, status) + "? SHOW GLOBAL STATUS lists them.");
      }
    }
  }

  private void checkLag(String name, ServerFacts facts) throws SQLException {
    try {
      if (Lag.read(connection, flavor).sources() == 0) {
        findings.add(
            Finding.warning(
                "load-unseen",
                "limit " + name,
                "this server follows no other, so it is never behind; how far its own replicas are"
                    + " behind can't be seen from here",
                "Back up a replica, or limit something else, such as Threads_running."));
      }
    } catch (SQLException e) {
      if (!ServerErrors.isRightMissing(e)) {
        throw e;
      }
      throw new FoldbackException(
          ErrorCode.PRIVILEGE_MISSING,
          "how far the server is behind is limited, and this account can't see it",
          "GRANT "
              + (flavor.mariaDb() ? "REPLICA MONITOR" : "REPLICATION CLIENT")
              + " ON *.* TO "
              + facts.grants().account()
              + "; or leave out the limit on "
              + name
              + ".",
          e);
    }
  }

  private static String nearest(String name, Map<String, String> status) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return status.entrySet().stream()
        .filter(e -> e.getValue().matches(NUMBER))
        .map(Map.Entry::getKey)
        .min(Comparator.comparingInt((String s) -> distance(wanted, s)).thenComparing(s -> s))
        .map(s -> s.substring(0, 1).toUpperCase(Locale.ROOT) + s.substring(1))
        .orElse("another");
  }

  /** How many characters must be put in, taken out or changed to make one the other. */
  static int distance(String a, String b) {
    int[] costs = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      costs[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(change, 1 + Math.min(costs[j], costs[j - 1]));
      }
    }
    return costs[b.length()];
  }

  /** What was noticed on opening. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * Looks once.
   *
   * @param reading how many of the server's running threads are the readers'
   */
  State look(int reading) throws SQLException {
    Map<String, String> status = Queries.pairs(connection, "show global status");
    String above = "";
    String unknown = "";
    for (Map.Entry<String, Long> limit : limits.entrySet()) {
      String name = limit.getKey().toLowerCase(Locale.ROOT);
      long value;
      long own = 0;
      if (Lag.isName(name)) {
        Lag lag = Lag.read(connection, flavor);
        value = lag.seconds();
        unknown = lag.known() ? unknown : limit.getKey() + " is unknown as replication is stopped";
      } else {
        String text = status.getOrDefault(name, "");
        value = text.matches(NUMBER) ? Long.parseLong(text) : 0;
        // This connection's own statement runs as well.
        own = name.equals("threads_running") ? reading + 1L : 0;
      }
      if (above.isEmpty() && value - own > limit.getValue()) {
        above = limit.getKey() + " is " + value + ", the limit " + limit.getValue();
      }
    }
    return new State(above, unknown);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
