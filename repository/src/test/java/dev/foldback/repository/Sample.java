package dev.foldback.repository;

import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.Transfer;
import dev.foldback.core.repository.WriterOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** A database in memory: rows by table, and their backup. */
final class Sample {
  static final SourceName SOURCE = new SourceName("shop");
  static final ServerInfo SERVER = new ServerInfo("mariadb", "11.4", "id-1", Map.of("a", "b"));
  static final WriterOptions OPTIONS = new WriterOptions(2, 1, true);

  final Map<TableName, List<byte[]>> tables = new LinkedHashMap<>();

  /** What a backup gave. */
  record Result(SnapshotManifest manifest, Transfer transfer) {}

  Sample random(Random random, String table, int rows, int width) {
    List<byte[]> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      list.add(row(random, i, width));
    }
    tables.put(new TableName("shop", table), list);
    return this;
  }

  static byte[] row(Random random, int number, int width) {
    StringBuilder row = new StringBuilder().append(number).append('\t');
    int letters = 1 + random.nextInt(width);
    for (int i = 0; i < letters; i++) {
      row.append((char) ('a' + random.nextInt(26)));
    }
    return row.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Odd tables are read in two slices. */
  static List<Slice> slices(TableName table) {
    return table.table().hashCode() % 2 == 0
        ? List.of(Slice.whole(1))
        : List.of(new Slice(0, null, "7", 1), new Slice(1, "7", null, 1));
  }

  Result backup(Repository repository) {
    return backup(repository, OPTIONS);
  }

  Result backup(Repository repository, WriterOptions options) {
    try (SnapshotWriter writer = repository.begin(SOURCE, SERVER, options)) {
      write(writer);
      SnapshotManifest manifest = writer.commit(contents());
      return new Result(manifest, writer.transfer());
    }
  }

  void write(SnapshotWriter writer) {
    try (Lane lane = writer.openLane()) {
      tables.forEach(
          (table, rows) -> {
            List<Slice> slices = slices(table);
            int half = slices.size() == 1 ? rows.size() : rows.size() / 2;
            fill(lane, table, slices.getFirst(), rows.subList(0, half));
            if (slices.size() > 1) {
              fill(lane, table, slices.get(1), rows.subList(half, rows.size()));
            }
          });
    }
  }

  static void fill(Lane lane, TableName table, Slice slice, List<byte[]> rows) {
    RowSink sink = lane.begin(table, slice);
    for (byte[] row : rows) {
      append(sink, row);
    }
    lane.end();
  }

  static void append(RowSink sink, byte[] row) {
    sink.buffer().reserve(row.length);
    System.arraycopy(row, 0, sink.buffer().bytes, sink.buffer().length, row.length);
    sink.buffer().length += row.length;
    sink.endRow();
  }

  SnapshotContents contents() {
    List<TableDefinition> definitions = new ArrayList<>();
    for (TableName table : tables.keySet()) {
      definitions.add(
          new TableDefinition(
              table,
              List.of(new ColumnLayout("id", "int", ColumnLayout.Encoding.NUMBER)),
              List.of("id"),
              slices(table),
              1,
              2,
              Map.of("engine", "InnoDB")));
    }
    return new SnapshotContents(
        new Position.Binlog("binlog.000001", 4, "0-1-2"),
        0,
        "backup lock",
        Selection.ALL,
        List.of(new SchemaObject("schema", "", "shop", "CREATE DATABASE shop", Map.of("x", "y"))),
        definitions,
        List.of(),
        List.of("row hashes"),
        new Origin("full", "a test"),
        Optional.empty());
  }

  List<byte[]> rows(TableName table) {
    return Objects.requireNonNull(tables.get(table));
  }

  byte[] bytes(TableName table) {
    int total = rows(table).stream().mapToInt(row -> row.length).sum();
    byte[] all = new byte[total];
    int at = 0;
    for (byte[] row : rows(table)) {
      System.arraycopy(row, 0, all, at, row.length);
      at += row.length;
    }
    return all;
  }
}
