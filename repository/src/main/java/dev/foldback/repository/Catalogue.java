package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements and layouts of a snapshot, to and from JSON lines. */
final class Catalogue {
  final List<SchemaObject> objects = new ArrayList<>();
  final List<TableDefinition> tables = new ArrayList<>();

  static ObjectNode line(SchemaObject object) {
    return Json.object()
        .put("kind", "object")
        .put("type", object.kind())
        .put("schema", object.schema())
        .put("name", object.name())
        .put("definition", object.definition())
        .set("context", ManifestCodec.map(object.context()));
  }

  static ObjectNode line(TableDefinition table) {
    ObjectNode node =
        Json.object()
            .put("kind", "layout")
            .put("schema", table.name().schema())
            .put("name", table.name().table());
    ArrayNode columns = node.putArray("columns");
    for (ColumnLayout column : table.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("encoding", column.encoding().name());
    }
    node.set("key", Json.texts(table.key()));
    ArrayNode slices = node.putArray("slices");
    for (Slice slice : table.slices()) {
      slices
          .addObject()
          .put("number", slice.number())
          .put("from", slice.from())
          .put("to", slice.to())
          .put("estimatedBytes", slice.estimatedBytes());
    }
    node.put("estimatedRows", table.estimatedRows()).put("estimatedBytes", table.estimatedBytes());
    node.set("properties", ManifestCodec.map(table.properties()));
    return node;
  }

  /** Adds the lines of one frame. */
  void read(byte[] bytes, int length, String where) {
    int from = 0;
    while (from < length) {
      int end = from;
      while (end < length && bytes[end] != '\n') {
        end++;
      }
      add(Json.parse(bytes, from, end - from, where));
      from = end + 1;
    }
  }

  private void add(Fields f) {
    switch (f.text("kind")) {
      case "object" ->
          objects.add(
              new SchemaObject(
                  f.text("type"),
                  f.text("schema"),
                  f.text("name"),
                  f.text("definition"),
                  f.map("context")));
      case "layout" -> tables.add(table(f));
      default -> throw Damage.manifest(f.where(), "a line is of no known kind");
    }
  }

  private static TableDefinition table(Fields f) {
    List<Slice> slices = new ArrayList<>();
    for (Fields s : f.objects("slices")) {
      if (s.size("number") != slices.size()) {
        throw Damage.manifest(f.where(), "slices are out of order");
      }
      slices.add(
          new Slice(s.size("number"), bound(s, "from"), bound(s, "to"), s.count("estimatedBytes")));
    }
    if (slices.isEmpty()) {
      throw Damage.manifest(f.where(), "a table has no slices");
    }
    return new TableDefinition(
        new TableName(f.text("schema"), f.text("name")),
        f.objects("columns").stream().map(Catalogue::column).toList(),
        f.texts("key"),
        slices,
        f.count("estimatedRows"),
        f.count("estimatedBytes"),
        f.map("properties"));
  }

  private static ColumnLayout column(Fields f) {
    String name = f.text("encoding");
    for (ColumnLayout.Encoding encoding : ColumnLayout.Encoding.values()) {
      if (encoding.name().equals(name)) {
        return new ColumnLayout(f.text("name"), f.text("type"), encoding);
      }
    }
    throw Damage.manifest(f.where(), "a column has no known encoding");
  }

  private static @Nullable String bound(Fields f, String name) {
    return f.node().path(name).isNull() ? null : f.text(name);
  }
}
