package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.log.json.JsonPath.Leg;
import java.util.List;

/**
 * The text of a document as MySQL prints it, which edits change to what MySQL would print after
 * them. Where an edit lies and what it needs is as MySQL applies its own ({@code apply_json_diff}):
 * what is replaced or removed is there, and a member that is inserted is not.
 */
final class JsonDocument {
  private JsonNode root;

  /**
   * @param text without the frames' escapes, and nothing else
   */
  JsonDocument(RowBuffer text) {
    root = new JsonNode(text.bytes, 0, text.length);
  }

  void write(RowBuffer out) {
    root.write(out);
  }

  void replace(List<Leg> path, byte[] value) {
    if (path.isEmpty()) {
      root = node(value);
    } else {
      parent(path).replace(path.getLast(), node(value));
    }
  }

  void remove(List<Leg> path) {
    parent(path).remove(path.getLast());
  }

  void insert(List<Leg> path, byte[] value) {
    parent(path).insert(path.getLast(), node(value));
  }

  private static JsonNode node(byte[] value) {
    return new JsonNode(value, 0, value.length);
  }

  private JsonNode parent(List<Leg> path) {
    if (path.isEmpty()) {
      throw new UnfitEditsException("the whole document can't be inserted or removed");
    }
    JsonNode node = root;
    for (Leg leg : path.subList(0, path.size() - 1)) {
      node = node.child(leg);
    }
    return node;
  }
}
