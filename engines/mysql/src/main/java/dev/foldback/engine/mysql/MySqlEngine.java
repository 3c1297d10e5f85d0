package dev.foldback.engine.mysql;

import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.Reversal;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.StatementReach;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.LogDecoding;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.ddl.ActingKeys;
import dev.foldback.engine.mysql.ddl.AutoIncrement;
import dev.foldback.engine.mysql.ddl.Equalities;
import dev.foldback.engine.mysql.ddl.LoggedReach;
import dev.foldback.engine.mysql.load.MySqlTarget;
import dev.foldback.engine.mysql.log.GtidSet;
import dev.foldback.engine.mysql.log.decode.SegmentDecoding;
import dev.foldback.engine.mysql.log.json.JsonEdits;
import dev.foldback.engine.mysql.source.MySqlSource;
import dev.foldback.engine.mysql.undo.ReadableValues;
import dev.foldback.engine.mysql.undo.SqlReversal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** MySQL, Percona Server and MariaDB. */
public final class MySqlEngine implements DatabaseEngine {

  @Override
  public Set<String> schemes() {
    return Set.of("mysql", "mariadb");
  }

  @Override
  public SourceServer openSource(Endpoint endpoint) {
    return MySqlSource.open(endpoint);
  }

  @Override
  public LogDecoding decodeLog(Definitions definitions, ChangeListener listener, Path workFolder) {
    return new SegmentDecoding(definitions, listener, workFolder);
  }

  /** MySQL's identifiers hold colons, MariaDB's do not. */
  @Override
  public boolean includes(String transactions, String id) {
    return GtidSet.parse(id.indexOf(':') < 0, transactions).has(id);
  }

  @Override
  public String joined(String transactions, List<String> ids) {
    if (ids.isEmpty()) {
      return transactions;
    }
    GtidSet set = GtidSet.parse(ids.getFirst().indexOf(':') < 0, transactions);
    ids.forEach(set::add);
    return set.text();
  }

  @Override
  public List<ActingKey> actingKeys(TableState table) {
    return ActingKeys.of(table);
  }

  @Override
  public Optional<Equality> equality(TableState table, String column) {
    return Equalities.of(table, column);
  }

  @Override
  public OptionalInt numbered(TableState table) {
    return AutoIncrement.column(table);
  }

  @Override
  public SchemaObject withNextNumber(SchemaObject table, long next) {
    return AutoIncrement.atLeast(table, next);
  }

  @Override
  public StatementReach reach(LoggedStatement statement) {
    return LoggedReach.of(statement);
  }

  @Override
  public ValueEdits edits() {
    return new JsonEdits();
  }

  @Override
  public RowValues values(TableState table) {
    return new ReadableValues(table);
  }

  @Override
  public Reversal reversal(Collection<TableState> tables, Collection<SchemaObject> objects) {
    return new SqlReversal(tables, objects);
  }

  @Override
  public TargetServer openTarget(Endpoint endpoint) {
    return MySqlTarget.open(endpoint);
  }
}
