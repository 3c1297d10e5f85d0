package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.StatementReach;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Definitions as of a snapshot. What a statement does to them only a server can tell, so from there
 * on those of the tables that it names are not known.
 */
final class SnapshotTables implements KnownTables {
  private final DatabaseEngine engine;
  private final Map<TableName, TableState> tables;
  private final List<Ran> ran = new ArrayList<>();

  /** A statement that may have redefined tables. */
  private record Ran(LoggedStatement statement, StatementReach reach) {}

  SnapshotTables(DatabaseEngine engine, Collection<TableState> tables) {
    this.engine = engine;
    this.tables = tables.stream().collect(Collectors.toMap(TableState::name, Function.identity()));
  }

  @Override
  public Collection<TableState> all() {
    return tables.values();
  }

  @Override
  public Optional<TableState> table(TableName name) {
    return lostBy(name).isPresent() ? Optional.empty() : Optional.ofNullable(tables.get(name));
  }

  @Override
  public void step(LoggedStatement statement) {
    StatementReach reach = engine.reach(statement);
    if (!reach.isMaintenance()) {
      ran.add(new Ran(statement, reach));
    }
  }

  @Override
  public Optional<LoggedStatement> lostBy(TableName name) {
    return ran.stream().filter(r -> r.reach().redefines(name)).map(Ran::statement).findFirst();
  }
}
