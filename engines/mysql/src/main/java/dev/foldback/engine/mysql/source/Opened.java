package dev.foldback.engine.mysql.source;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an open snapshot consists of.
 *
 * @param definitions the connections that the guard uses
 * @param instanceLock forbids DDL; null where the server or the account has no such lock
 * @param guard null where nothing can be redefined
 * @param ids as they were before the snapshot; null where nothing can be redefined, and where the
 *     account may not see them
 * @param pace null where nothing limits reading
 * @param reading how many readers are in a statement now
 */
record Opened(
    List<SchemaObject> objects,
    List<TableDefinition> tables,
    List<Finding> findings,
    ConsistentStart.Start start,
    ReaderPool pool,
    List<Connection> definitions,
    @Nullable ServerLock instanceLock,
    @Nullable DefinitionGuard guard,
    @Nullable TableIds ids,
    @Nullable Pace pace,
    Watch watch,
    AtomicInteger reading) {
  Opened {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
    definitions = List.copyOf(definitions);
  }

  RowSink sink(RowSink to) {
    return pace == null ? to : pace.slow(to);
  }

  void close() throws SQLException {
    try (pool;
        ServerLock lock = instanceLock;
        ServerLock held = start.held()) {
      watch.close();
      for (Connection connection : definitions) {
        connection.close();
      }
    }
  }
}
