package dev.foldback.core.restore;

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
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** For repositories without a log, which ask no engine anything. */
final class NoEngine implements DatabaseEngine {
  static final DatabaseEngine ENGINE = new NoEngine();

  @Override
  public Set<String> schemes() {
    return Set.of();
  }

  @Override
  public SourceServer openSource(Endpoint endpoint) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LogDecoding decodeLog(Definitions definitions, ChangeListener listener, Path workFolder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ActingKey> actingKeys(TableState table) {
    return List.of();
  }

  @Override
  public Optional<Equality> equality(TableState table, String column) {
    return Optional.empty();
  }

  @Override
  public OptionalInt numbered(TableState table) {
    return OptionalInt.empty();
  }

  @Override
  public SchemaObject withNextNumber(SchemaObject table, long next) {
    return table;
  }

  @Override
  public String joined(String transactions, List<String> ids) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean includes(String transactions, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StatementReach reach(LoggedStatement statement) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ValueEdits edits() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RowValues values(TableState table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reversal reversal(Collection<TableState> tables, Collection<SchemaObject> objects) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TargetServer openTarget(Endpoint endpoint) {
    throw new UnsupportedOperationException();
  }
}
