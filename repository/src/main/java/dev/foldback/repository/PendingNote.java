package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.List;

/** The frames of one object whose snapshot is not committed yet. */
record PendingNote(String object, long bytes, List<Item> frames) {

  record Item(TableName table, FrameRef frame) {}

  byte[] json() {
    ObjectNode node = Json.file().put("object", object).put("bytes", bytes);
    ArrayNode array = node.putArray("frames");
    for (Item item : frames) {
      ObjectNode each =
          array.addObject().put("table", item.table.schema()).put("name", item.table.table());
      item.frame.put(each);
    }
    return Json.checked(node);
  }

  static PendingNote parse(byte[] bytes, String key) {
    Fields f = Json.checked(bytes, key);
    String object = f.hash("object");
    if (!key.endsWith("/" + object + ".json")) {
      throw Damage.manifest(key, "it is of another object");
    }
    List<Item> items = new ArrayList<>();
    for (Fields each : f.objects("frames")) {
      items.add(
          new Item(
              new TableName(each.text("table"), each.text("name")), FrameRef.of(each, object)));
    }
    return new PendingNote(object, f.count("bytes"), items);
  }
}
