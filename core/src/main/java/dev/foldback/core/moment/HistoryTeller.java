package dev.foldback.core.moment;

import dev.foldback.core.Finding;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands on what of a log was asked for, and counts it. */
final class HistoryTeller implements ChangeListener, Definitions {
  private final DatabaseEngine engine;
  private final KnownTables known;
  private final HistoryListener listener;
  private final Optional<TableName> only;
  private final LogPlace from;
  private final Map<TableName, TableState> asked = new HashMap<>();
  private final Map<TableName, Finding> lost = new TreeMap<>();
  private @Nullable Transaction current;
  private boolean begun;
  private boolean wanted;
  private long transactions;
  private long inserts;
  private long updates;
  private long deletes;
  private long statements;

  /**
   * @param from the start of the first transaction to tell of
   */
  HistoryTeller(
      DatabaseEngine engine,
      KnownTables known,
      HistoryListener listener,
      Optional<TableName> only,
      LogPlace from) {
    this.engine = engine;
    this.known = known;
    this.listener = listener;
    this.only = only;
    this.from = from;
  }

  HistorySummary summary(SnapshotId snapshot) {
    return new HistorySummary(
        snapshot, transactions, inserts, updates, deletes, statements, List.copyOf(lost.values()));
  }

  /** Each table whose rows come is asked for, again after each statement. */
  @Override
  public Optional<TableState> table(TableName name) {
    if (only.isPresent() && !only.get().equals(name)) {
      return Optional.empty();
    }
    Optional<TableState> state = known.table(name);
    if (state.isPresent()) {
      asked.put(name, state.get());
    } else {
      known.lostBy(name).ifPresent(statement -> lost.computeIfAbsent(name, n -> of(n, statement)));
    }
    return state;
  }

  private Finding of(TableName name, LoggedStatement statement) {
    return Finding.warning(
        "definition-unknown",
        name.toString(),
        "its rows are not told from "
            + statement.at()
            + " on: how they are laid out since this statement, only a server can tell: "
            + engine.reach(statement).shown(),
        "Add --scratch URL, a server where the log's statements are run on empty copies; or take a"
            + " newer snapshot with foldback backup, and begin after it.");
  }

  @Override
  public Optional<SchemaObject> sequence(TableName name) {
    return Optional.empty();
  }

  @Override
  public void begin(Transaction transaction) {
    current = transaction;
    begun = false;
    wanted = transaction.start().compareTo(from) >= 0;
    if (wanted) {
      listener.cascades(true);
    }
  }

  /** A transaction is told of once it does something. */
  private boolean tell() {
    Transaction transaction = current;
    if (wanted && !begun && transaction != null) {
      begun = true;
      if (transactions++ == 0) {
        listener.tables(known.all());
      }
      listener.begin(transaction);
    }
    return wanted;
  }

  private TableState state(TableDefinition table) {
    TableState state = asked.get(table.name());
    if (state == null) {
      throw new IllegalStateException("a change of " + table.name() + ", which was not asked for");
    }
    return state;
  }

  @Override
  public void insert(TableDefinition table, RowImage after) {
    if (tell()) {
      inserts++;
      listener.insert(state(table), after);
    }
  }

  @Override
  public void update(TableDefinition table, RowImage before, RowImage after) {
    if (tell()) {
      updates++;
      listener.update(state(table), before, after);
    }
  }

  @Override
  public void delete(TableDefinition table, RowImage before) {
    if (tell()) {
      deletes++;
      listener.delete(state(table), before);
    }
  }

  @Override
  public void cascades(boolean unlogged) {
    if (wanted) {
      listener.cascades(unlogged);
    }
  }

  @Override
  public void statement(LoggedStatement statement) {
    boolean about = only.isEmpty() || engine.reach(statement).touches(only.get());
    if (about && tell()) {
      statements++;
      listener.statement(
          new LoggedStatement(
              statement.at(),
              statement.schema(),
              engine.reach(statement).told(),
              statement.context()));
    }
    known.step(statement);
    asked.clear();
  }

  @Override
  public void commit(LogPlace end) {
    if (begun) {
      listener.commit(end);
    }
    begun = false;
    wanted = false;
  }

  @Override
  public void rollback(LogPlace end) {
    begun = false;
    wanted = false;
  }
}
