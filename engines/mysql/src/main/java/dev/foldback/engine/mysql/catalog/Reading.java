package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.work.Workers;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One pass over a server's catalogue: its connection, what is wanted, and what was found. */
final class Reading {
  /** Up to so many schemas are asked for one by one; above, one question covers the server. */
  private static final int FEW_SCHEMAS = 8;

  /** Unknown database, table, trigger, routine, event, library, sequence. */
  private static final Set<Integer> GONE =
      Set.of(1008, 1049, 1051, 1146, 1305, 1360, 1539, 4031, 4091, 6393);

  private final List<Connection> connections;
  private final Connection connection;
  private final Flavor flavor;
  private final Selection selection;
  private final List<Finding> findings;
  private List<String> schemas = List.of();
  private String account = "";

  /**
   * @param connections the first asks; the others help where there is a question for each object
   */
  Reading(List<Connection> connections, Flavor flavor, Selection selection) {
    this(connections, flavor, selection, Collections.synchronizedList(new ArrayList<>()));
  }

  private Reading(
      List<Connection> connections, Flavor flavor, Selection selection, List<Finding> findings) {
    this.connections = List.copyOf(connections);
    this.connection = connections.getFirst();
    this.flavor = flavor;
    this.selection = selection;
    this.findings = findings;
  }

  interface Task<T> {
    void run(Reading reading, T item) throws SQLException;
  }

  /** Runs the task for each item, on all connections at once, in no certain order. */
  <T> void forEach(Collection<T> items, Task<T> task) {
    Queue<T> left = new ConcurrentLinkedQueue<>(items);
    Queue<Connection> free = new ConcurrentLinkedQueue<>(connections);
    Workers.run(
        "definitions",
        connections.size(),
        () -> {
          Reading own = new Reading(List.of(free.remove()), flavor, selection, findings);
          try {
            for (T item = left.poll(); item != null; item = left.poll()) {
              if (Thread.interrupted()) {
                throw new InterruptedException();
              }
              task.run(own, item);
            }
          } catch (SQLException e) {
            throw failed(e);
          }
        });
  }

  Flavor flavor() {
    return flavor;
  }

  Selection selection() {
    return selection;
  }

  List<Finding> findings() {
    return findings;
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  /** The schemas that the selection touches, system schemas left out. */
  List<String> schemas() {
    return schemas;
  }

  void schemas(List<String> names) {
    schemas = List.copyOf(names);
  }

  /** The account that reads, as GRANT takes it. */
  String account() {
    return account;
  }

  void account(String name) {
    account = name;
  }

  boolean selected(String schema, String name) {
    return selection.contains(new TableName(schema, name));
  }

  OwnSchemas ownSchemas() throws SQLException {
    return OwnSchemas.read(connection);
  }

  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  interface Step<T> {
    T run() throws SQLException;
  }

  /** On every connection. */
  void execute(String sql) throws SQLException {
    for (Connection one : connections) {
      try (Statement statement = one.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  void each(String sql, RowAction action) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        action.accept(rows);
      }
    }
  }

  <T> List<T> list(String sql, Mapper<T> mapper) throws SQLException {
    List<T> all = new ArrayList<>();
    each(sql, row -> all.add(mapper.map(row)));
    return all;
  }

  /**
   * Rows of an information_schema query over the selected schemas. {@code %s} in the query stands
   * for the test of its schema column, which must be the first column of the result.
   */
  void eachInSchemas(String sql, String schemaColumn, RowAction action) throws SQLException {
    if (schemas.size() > FEW_SCHEMAS) {
      Set<String> wanted = Set.copyOf(schemas);
      // information_schema may compare names without regard to case.
      String others =
          OwnSchemas.ALWAYS.stream()
              .filter(own -> schemas.stream().noneMatch(own::equalsIgnoreCase))
              .map(Sql::text)
              .collect(Collectors.joining(",", " not in (", ")"));
      each(
          sql.formatted(schemaColumn + others),
          row -> {
            if (wanted.contains(row.getString(1))) {
              action.accept(row);
            }
          });
      return;
    }
    for (String schema : schemas) {
      each(
          sql.formatted(schemaColumn + " = " + Sql.text(schema)),
          row -> {
            if (schema.equals(row.getString(1))) {
              action.accept(row);
            }
          });
    }
  }

  /** The only row, by column label. */
  Map<String, @Nullable String> show(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return first(rows);
    }
  }

  /** A row by column label, and whether the server warned of what was asked about. */
  record Shown(Map<String, @Nullable String> values, boolean warned) {}

  /** As {@link #show}, and whether a warning of this number came with it. */
  Shown shown(String sql, int warning) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Map<String, @Nullable String> values = first(rows);
      for (@Nullable SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        if (w.getErrorCode() == warning) {
          return new Shown(values, true);
        }
      }
      return new Shown(values, false);
    }
  }

  private static Map<String, @Nullable String> first(ResultSet rows) throws SQLException {
    ResultSetMetaData labels = rows.getMetaData();
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    if (rows.next()) {
      for (int i = 1; i <= labels.getColumnCount(); i++) {
        row.put(labels.getColumnLabel(i), rows.getString(i));
      }
    }
    return row;
  }

  /**
   * Runs a step that reads one object. Where the object is gone meanwhile or can't be read, that
   * becomes a finding and the result is empty; a lost connection is thrown.
   */
  <T> Optional<T> attempt(String label, Step<T> step) throws SQLException {
    try {
      return Optional.of(step.run());
    } catch (SQLException e) {
      if (isLost(e)) {
        throw e;
      }
      if (GONE.contains(e.getErrorCode())) {
        add(
            Finding.warning(
                "object-gone",
                label,
                "was dropped while the catalogue was read; it is not in the backup",
                "Nothing, if that was meant. Otherwise take the backup again."));
      } else {
        add(
            Finding.error(
                "object-unreadable",
                label,
                "can't be read, so the backup would lack it: " + e.getMessage(),
                hint(e)));
      }
      return Optional.empty();
    }
  }

  static boolean isLost(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state != null && state.startsWith("08");
  }

  private static String hint(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1142, 1143, 1227, 1370, 1044, 1045 ->
          "Grant the account the right that the message names.";
      default -> "Repair or drop it on the source, or leave it out with --exclude.";
    };
  }

  static FoldbackException failed(SQLException e) {
    if (isLost(e)) {
      return new FoldbackException(
          ErrorCode.SERVER_LOST,
          "the connection was lost while the catalogue was read: " + e.getMessage(),
          "Nothing was kept. Check the server and start the backup again.",
          e);
    }
    return new FoldbackException(
        ErrorCode.STATEMENT_FAILED,
        "the catalogue can't be read: " + e.getMessage(),
        "Check the account's rights; SHOW GRANTS lists them.",
        e);
  }
}
