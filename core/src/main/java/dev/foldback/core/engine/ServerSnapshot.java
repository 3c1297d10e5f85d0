package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.frame.RowSink;
import java.util.List;

/** A consistent view of a server. Close ends its transactions. */
public interface ServerSnapshot extends AutoCloseable {

  /** The place in the server's log that every transactional table is at. */
  Position position();

  /** How the consistency was had, such as {@code backup lock}, for the manifest and the screen. */
  String method();

  /** What was found while opening: tables that are not consistent, objects that are invalid, … */
  List<Finding> findings();

  /** Every selected object, in the order in which it can be created. */
  List<SchemaObject> objects();

  /** Every selected base table with its slices. */
  List<TableDefinition> tables();

  /**
   * Reads the rows of one slice into the sink, in the order of the table's key where it has one.
   * Blocks. Up to {@link SnapshotOptions#threads} threads may call it at once.
   *
   * @return how many rows
   */
  long read(TableDefinition table, Slice slice, RowSink sink);

  /**
   * To be called after the last read: checks that nothing was redefined meanwhile. An ERROR means
   * that the named table's rows must not be used.
   */
  List<Finding> complete();

  @Override
  void close();
}
