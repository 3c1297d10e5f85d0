package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.rows.RowReader;
import dev.foldback.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a server held when nobody wrote to it: the definitions, and a digest of each table's rows.
 *
 * @param place the end of its log then
 */
record State(
    LogPlace place, Map<String, String> definitions, Map<TableName, RowSetDigest.Value> rows) {

  static State of(TestServer server, String schema) throws SQLException {
    Connector connector = Connector.to(server.endpoint());
    LogPlace place;
    Catalog catalog;
    try (Connection connection = connector.open("judge")) {
      place = place(connection, connector.flavor().mySqlAtLeast(8, 2, 0));
      catalog =
          CatalogReader.read(
              List.of(connection), connector.flavor(), new Selection(List.of(schema), List.of()));
    }
    Map<TableName, RowSetDigest.Value> rows = new TreeMap<>();
    try (Connection connection = connector.openForRows("judge")) {
      for (TableDefinition table : catalog.tables()) {
        Digesting sink = new Digesting();
        RowReader.read(connection, connector.flavor(), table, table.name(), Slice.whole(0), sink);
        rows.put(table.name(), sink.digest.value());
      }
    }
    return new State(place, definitions(catalog.objects()), rows);
  }

  private static LogPlace place(Connection connection, boolean newer) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(newer ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")) {
      row.next();
      return new LogPlace(row.getString(1), row.getLong(2));
    }
  }

  /**
   * Without what a definition says of the next automatic number, and whether MySQL remembers that a
   * column's character set was written out: it does once a printed definition was run.
   */
  static Map<String, String> definitions(List<dev.foldback.core.engine.SchemaObject> objects) {
    return objects.stream()
        .filter(o -> !o.schema().isEmpty())
        .collect(
            Collectors.toMap(
                o -> o.label(),
                o ->
                    o.definition()
                            .replaceAll(" AUTO_INCREMENT=\\d+", "")
                            .replaceAll(" CHARACTER SET \\w+ COLLATE ", " COLLATE ")
                        + (o.kind().equals("sequence")
                            ? o.context().get("next_not_cached_value")
                            : ""),
                (a, b) -> a,
                TreeMap::new));
  }

  /** A digest of each table's rows as the fold of snapshot and log gives them. */
  static Map<TableName, RowSetDigest.Value> folded(Moment moment) throws IOException {
    return folded(moment, moment.tables().stream().map(TableDefinition::name).toList());
  }

  /** The same of some tables. */
  static Map<TableName, RowSetDigest.Value> folded(Moment moment, List<TableName> tables)
      throws IOException {
    moment.fold(tables, Progress.NONE);
    Map<TableName, RowSetDigest.Value> rows = new TreeMap<>();
    for (TableName table : tables) {
      rows.put(table, digest(moment, table));
    }
    return rows;
  }

  /** By bytes alone: the fold's own digest is compared as well. */
  private static RowSetDigest.Value digest(Moment moment, TableName table) throws IOException {
    Digesting sink = new Digesting();
    try (InputStream in = moment.rows(table).open()) {
      byte[] all = in.readAllBytes();
      int from = 0;
      for (int i = 0; i < all.length; i++) {
        if (all[i] == '\n') {
          sink.digest.add(all, from, i + 1);
          from = i + 1;
        }
      }
    }
    moment.digest(table).ifPresent(own -> assertThat(own).isEqualTo(sink.digest.value()));
    return sink.digest.value();
  }

  /** Digests rows as they come. */
  static final class Digesting implements RowSink {
    final RowSetDigest digest = new RowSetDigest();
    private final RowBuffer buffer = new RowBuffer(1 << 16);

    @Override
    public RowBuffer buffer() {
      return buffer;
    }

    @Override
    public void endRow() {
      digest.add(buffer.bytes, 0, buffer.length);
      buffer.clear();
    }
  }
}
