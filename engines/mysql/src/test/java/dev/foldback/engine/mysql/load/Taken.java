package dev.foldback.engine.mysql.load;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.rows.RowReader;
import dev.foldback.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small server's definitions and rows, held in memory, and ways to bring them to another. */
record Taken(ServerInfo server, Catalog catalog, Map<TableName, Rows> rows) {

  /** All rows of a table in LOAD DATA text. */
  static final class Rows implements RowSource {
    private final byte[] text;
    private final long count;

    Rows(byte[] text, long count) {
      this.text = text;
      this.count = count;
    }

    byte[] text() {
      return text;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(text);
    }

    @Override
    public long rows() {
      return count;
    }

    @Override
    public long bytes() {
      return text.length;
    }
  }

  static Taken from(TestServer server, Selection selection) throws Exception {
    Connector connector = Connector.to(server.endpoint());
    Catalog catalog;
    try (Connection connection = connector.open("test")) {
      catalog = CatalogReader.read(List.of(connection), connector.flavor(), selection);
    }
    Map<TableName, Rows> rows = new LinkedHashMap<>();
    try (Connection connection = connector.openForRows("test")) {
      for (TableDefinition table : catalog.tables()) {
        Sink sink = new Sink();
        for (Slice slice : slices(table)) {
          RowReader.read(connection, connector.flavor(), table, table.name(), slice, sink);
        }
        rows.put(table.name(), sink.rows());
      }
    }
    return new Taken(
        new ServerInfo(connector.flavor().family(), connector.flavor().version(), "x", Map.of()),
        catalog,
        rows);
  }

  LoadRequest request(
      String id, Selection selection, Renames renames, LoadRequest.Existing existing) {
    return new LoadRequest(
        id,
        server,
        catalog.objects(),
        catalog.tables(),
        selection,
        Selection.ALL,
        renames,
        existing,
        largest());
  }

  private Map<TableName, Long> largest() {
    Map<TableName, Long> largest = new LinkedHashMap<>();
    rows.forEach((name, table) -> largest.put(name, table.bytes() / Math.max(1, table.rows())));
    return largest;
  }

  /** Tables that show other tables' rows have none of their own to read. */
  private static List<Slice> slices(TableDefinition table) {
    return TableProperties.ROWS_NONE.equals(table.properties().get(TableProperties.ROWS))
        ? List.of()
        : table.slices();
  }

  Rows rows(TableDefinition table) {
    return java.util.Objects.requireNonNull(rows.get(table.name()));
  }

  /** The same request without anything being known of the sizes of rows. */
  static LoadRequest unsized(LoadRequest request) {
    return new LoadRequest(
        request.restoreId(),
        request.source(),
        request.objects(),
        request.tables(),
        request.selection(),
        request.scope(),
        request.renames(),
        request.existing(),
        Map.of());
  }

  LoadRequest request() {
    return request("one", Selection.ALL, Renames.NONE, LoadRequest.Existing.REFUSE);
  }

  /** Every step of a restore; returns what the session found. */
  List<dev.foldback.core.Finding> restore(MySqlTarget target, LoadRequest request) {
    LoadPlan plan = target.plan(request);
    try (LoadSession session = target.begin(plan, 2, Progress.NONE)) {
      session.createTables();
      for (TableDefinition table : plan.tables()) {
        if (!plan.loaded().contains(table.name())) {
          session.load(table, rows(table));
        }
        session.buildIndexes(table);
      }
      session.createPrograms();
      for (TableDefinition table : plan.tables()) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Slice slice : slices(table)) {
          all.writeBytes(read(session, table, slice).text());
        }
        if (!Arrays.equals(all.toByteArray(), rows(table).text())) {
          throw new AssertionError("rows differ in " + table.name());
        }
      }
      session.complete();
      return session.findings();
    }
  }

  /** A read that is begun again begins with a new sink. */
  private static Rows read(LoadSession session, TableDefinition table, Slice slice) {
    List<Sink> given = new ArrayList<>();
    session.read(
        table,
        slice,
        () -> {
          given.add(new Sink());
          return given.getLast();
        });
    return given.getLast().rows();
  }

  /** Takes rows as they come. */
  static class Sink implements RowSink {
    private final RowBuffer buffer = new RowBuffer(1 << 16);
    private long count;

    @Override
    public RowBuffer buffer() {
      return buffer;
    }

    @Override
    public void endRow() {
      count++;
    }

    Rows rows() {
      return new Rows(Arrays.copyOf(buffer.bytes, buffer.length), count);
    }
  }
}
