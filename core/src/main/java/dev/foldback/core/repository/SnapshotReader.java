package dev.foldback.core.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.RowSetDigest;
import java.util.List;
import java.util.Optional;

/** An opened snapshot. Safe for several threads. */
public interface SnapshotReader extends AutoCloseable {

  SnapshotManifest manifest();

  List<SchemaObject> objects();

  List<TableDefinition> tables();

  /** What the index records of one table. */
  TableSummary summary(TableName table);

  /** All rows of a table. Every frame is checked against its hash before it is handed out. */
  RowSource rows(TableName table);

  /** The recorded frames of one slice, in order, to compare restored rows with. */
  List<FrameRecord> frames(TableName table, Slice slice);

  /**
   * The digest of all rows of a table, where that is what restored rows are compared with; empty
   * where frames are.
   */
  default Optional<RowSetDigest.Value> digest(TableName table) {
    return Optional.empty();
  }

  @Override
  void close();
}
