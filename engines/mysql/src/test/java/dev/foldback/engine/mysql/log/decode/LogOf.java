package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.rows.RowReader;
import dev.foldback.testkit.server.TestServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The log files of a test server, and what a SELECT says of the same tables. */
final class LogOf {
  final TestServer server;
  private final Connector connector;

  LogOf(TestServer server) {
    this.server = server;
    this.connector = Connector.to(server.endpoint());
  }

  /** Where the log ends now, at the beginning of a new file. */
  String newFile() throws SQLException {
    server.execute("flush binary logs");
    return end().file();
  }

  LogPlace end() throws SQLException {
    String sql =
        server.kind().mariaDb() || server.kind().label().startsWith("mysql-8")
            ? "show master status"
            : "show binary log status";
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new LogPlace(row.getString(1), row.getLong(2));
    }
  }

  /** How many events of a type a file of the log shows. */
  int events(String file, String type) throws SQLException {
    int count = 0;
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show binlog events in '" + file + "'")) {
      while (row.next()) {
        count += row.getString("Event_type").equals(type) ? 1 : 0;
      }
    }
    return count;
  }

  /** Files of the log from one on. */
  List<Path> files(String from) throws IOException {
    try (Stream<Path> all = Files.list(server.dataFolder())) {
      return all.filter(p -> p.getFileName().toString().matches("binlog\\.[0-9]+"))
          .filter(p -> p.getFileName().toString().compareTo(from) >= 0)
          .sorted()
          .toList();
    }
  }

  Map<TableName, LoggedTable> tables(String schema) throws SQLException {
    Catalog catalog = catalog(schema);
    Map<String, String> definitions = new HashMap<>();
    Map<TableName, LoggedTable> tables = new HashMap<>();
    for (SchemaObject object : catalog.objects()) {
      if (object.kind().equals("table")) {
        definitions.put(object.schema() + "." + object.name(), object.definition());
      } else if (object.kind().equals("sequence")) {
        TableName name = new TableName(object.schema(), object.name());
        tables.put(name, LoggedTable.sequence(name, object.definition()));
      }
    }
    for (TableDefinition table : catalog.tables()) {
      String definition = definitions.getOrDefault(table.name().toString(), "");
      tables.put(table.name(), LoggedTable.of(table, definition));
    }
    return tables;
  }

  private Catalog catalog(String schema) throws SQLException {
    try (Connection connection = connector.open("test")) {
      return CatalogReader.read(
          List.of(connection), connector.flavor(), new Selection(List.of(schema), List.of()));
    }
  }

  /** Decodes all files from one on with the definitions of now. */
  Replayed replay(String from, String schema, Path folder) throws SQLException, IOException {
    return replay(new Replayed(), from, schema, folder);
  }

  Replayed replay(Replayed replayed, String from, String schema, Path folder)
      throws SQLException, IOException {
    Map<TableName, LoggedTable> tables = tables(schema);
    try (LogDecoder decoder = new LogDecoder(tables::get, replayed, folder)) {
      for (Path file : files(from)) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          decoder.decode(file.getFileName().toString(), 0, in);
        }
      }
    }
    return replayed;
  }

  /** The rows as a SELECT gives them, in any order. */
  Map<TableName, List<String>> selected(String schema) throws SQLException {
    Map<TableName, List<String>> all = new HashMap<>();
    try (Connection connection = connector.openForRows("test")) {
      for (TableDefinition table : catalog(schema).tables()) {
        List<String> rows = new ArrayList<>();
        RowReader.read(
            connection,
            connector.flavor(),
            table,
            table.name(),
            table.slices().getFirst(),
            collecting(rows));
        all.put(table.name(), rows);
      }
    }
    return all;
  }

  private static RowSink collecting(List<String> rows) {
    RowBuffer buffer = new RowBuffer(64);
    return new RowSink() {
      @Override
      public RowBuffer buffer() {
        return buffer;
      }

      @Override
      public void endRow() {
        rows.add(new String(buffer.bytes, 0, buffer.length - 1, StandardCharsets.ISO_8859_1));
        buffer.length = 0;
      }
    };
  }
}
