package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.engine.mysql.ddl.LoggedReach;
import dev.foldback.engine.mysql.ddl.ShownStatement;
import dev.foldback.engine.mysql.ddl.StatementWords;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells the gathered events of a transaction. Not for several threads. */
final class Teller {
  private static final String ROW_FORMAT =
      "Run SET GLOBAL binlog_format='ROW' on the source, in its configuration file too, and see"
          + " that no session sets another. Then take a new snapshot with foldback backup --full.";

  private final Function<TableName, @Nullable LoggedTable> tables;
  private final ChangeListener listener;
  private final RowEvents rows;
  private boolean told;

  boolean mariaDb;

  Teller(Function<TableName, @Nullable LoggedTable> tables, ChangeListener listener) {
    this.tables = tables;
    this.listener = listener;
    this.rows = new RowEvents(tables, listener);
  }

  /**
   * Tells the events from the given size on.
   *
   * @param withRollback only what a rollback leaves as it is
   * @return whether there was something to tell
   */
  boolean tell(Spool events, long from, boolean withRollback) {
    told = false;
    rows.begin(mariaDb);
    events.replay(from, (event, at) -> one(event, at, withRollback));
    return told;
  }

  private void one(Event event, LogPlace at, boolean withRollback) {
    try {
      switch (event.type()) {
        case EventType.TABLE_MAP -> rows.map(event, at);
        case EventType.ANNOTATE_ROWS -> rows.said = Annotation.of(event);
        case EventType.QUERY, EventType.QUERY_COMPRESSED -> {
          told = true;
          listener.statement(statement(new QueryEvent(event), at));
          rows.forget();
        }
        default -> told |= rows.rows(event, at, withRollback);
      }
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw LogErrors.damaged(
          at, "an event of type " + event.type() + " is not built as such: " + e.getMessage(), e);
    }
  }

  /** Whether there are changes from the given size on that a rollback leaves as they are. */
  boolean outlastsRollback(Spool events, long from) {
    boolean[] found = new boolean[1];
    events.replay(
        from,
        (event, at) -> {
          if (event.type() == EventType.TABLE_MAP) {
            LoggedTable table = tables.apply(new TableMap(event).name);
            found[0] |= table != null && !table.isTransactional();
          }
        });
    return found[0];
  }

  /** Refuses statements whose rows can't be known. */
  void check(QueryEvent query, boolean ofMariaDb, LogPlace at) {
    mariaDb = ofMariaDb;
    LoggedStatement statement = statement(query, at);
    StatementWords words = words(statement);
    if (words.changesRows() && !words.emptiesTable()) {
      throw LogErrors.refused(
          at,
          "holds a change of rows as a statement, not as rows: "
              + LoggedReach.of(statement).shown(),
          ROW_FORMAT);
    }
  }

  private static StatementWords words(LoggedStatement statement) {
    return new StatementWords(statement.sql(), statement.context().getOrDefault("sql_mode", ""));
  }

  private static String seconds(long seconds, @Nullable String micros) {
    return micros == null
        ? Long.toString(seconds)
        : "%d.%06d".formatted(seconds, Integer.parseInt(micros));
  }

  private LoggedStatement statement(QueryEvent query, LogPlace at) {
    Map<String, String> context = new LinkedHashMap<>(StatusVariables.of(query.variables, mariaDb));
    // With fractions where the server kept them, as it does where the statement asked for them.
    context.put("timestamp", seconds(query.seconds, context.remove("microseconds")));
    if (query.error != 0) {
      context.put("error", Integer.toString(query.error));
    }
    int client = Integer.parseInt(context.getOrDefault("character_set_client", "45"));
    String sql = ClientText.decode(query.text, client);
    if (sql == null) {
      throw LogErrors.refused(
          at,
          "holds a statement whose text can't be read in its client's character set ("
              + client
              + "): "
              + ShownStatement.beginning(query.ascii(), ""),
          "Take a new snapshot with foldback backup --full.");
    }
    LoggedStatement statement = new LoggedStatement(at, query.schema, sql, context);
    if (!words(statement).emptiesTable()) {
      return statement;
    }
    // So a server says that a MEMORY table lost its rows.
    String table = sql.substring(sql.toUpperCase(java.util.Locale.ROOT).indexOf("FROM") + 4);
    return new LoggedStatement(at, query.schema, "TRUNCATE TABLE" + table, context);
  }
}
