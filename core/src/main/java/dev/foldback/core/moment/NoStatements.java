package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import dev.foldback.core.repository.SnapshotReader;
import java.util.List;

/** The history of a log without statements, which takes no server. */
record NoStatements(SnapshotReader base) implements DefinitionHistory {
  NoStatements(SnapshotReader base, List<LoggedStatement> statements) {
    this(base);
    if (!statements.isEmpty()) {
      throw new FoldbackException(
          ErrorCode.LOG_NOT_FOLDABLE,
          "the log holds "
              + statements.size()
              + " statements, the first at "
              + statements.getFirst().at()
              + "; what they define is followed by running them on empty copies, and there is no"
              + " server to do so",
          "Name one with --scratch: any server of the same family; the copies are removed.");
    }
  }

  @Override
  public List<DefinitionStep> steps() {
    return List.of();
  }

  @Override
  public List<SchemaObject> objects() {
    return base.objects();
  }

  @Override
  public List<TableDefinition> tables() {
    return base.tables();
  }

  @Override
  public List<Finding> findings() {
    return List.of();
  }

  @Override
  public void stage(DefinitionStep step, TableState table, RowSource rows) {
    throw new IllegalStateException("there is no step");
  }

  @Override
  public void restage(DefinitionStep from, TableName old, DefinitionStep step, TableName name) {
    throw new IllegalStateException("there is no step");
  }

  @Override
  public void convert(DefinitionStep step) {
    throw new IllegalStateException("there is no step");
  }

  @Override
  public RowSource converted(DefinitionStep step, TableState table) {
    throw new IllegalStateException("there is no step");
  }

  @Override
  public void close() {}
}
