package dev.foldback.core.restore;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.FilteredRows;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.TableSummary;
import java.util.List;
import java.util.Optional;

/** Some rows of one table, and nothing else of a snapshot. */
final class ChosenRows implements SnapshotReader {
  private final SnapshotReader all;
  private final TableName table;
  private final FilteredRows rows;

  ChosenRows(SnapshotReader all, TableName table, KeyCondition condition) {
    this.all = all;
    this.table = table;
    this.rows = new FilteredRows(all.rows(table), condition);
  }

  @Override
  public SnapshotManifest manifest() {
    return all.manifest();
  }

  @Override
  public List<SchemaObject> objects() {
    return all.objects();
  }

  @Override
  public List<TableDefinition> tables() {
    return all.tables();
  }

  @Override
  public TableSummary summary(TableName name) {
    return new TableSummary(name, rows.rows(), rows.bytes(), 0);
  }

  @Override
  public RowSource rows(TableName name) {
    if (!name.equals(table)) {
      throw new IllegalArgumentException("only " + table + " was chosen");
    }
    return rows;
  }

  @Override
  public Optional<RowSetDigest.Value> digest(TableName name) {
    return Optional.of(rows.digest());
  }

  /** Rows are compared by their digest. */
  @Override
  public List<FrameRecord> frames(TableName name, Slice slice) {
    return List.of();
  }

  @Override
  public void close() {
    all.close();
  }
}
