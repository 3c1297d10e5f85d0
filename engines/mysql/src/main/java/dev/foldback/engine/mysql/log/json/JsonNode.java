package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.log.json.JsonPath.Cell;
import dev.foldback.engine.mysql.log.json.JsonPath.Leg;
import dev.foldback.engine.mysql.log.json.JsonPath.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value within a document: a piece of its text, and once something in it was asked for what it
 * holds. So only what edits lead through is taken apart, and that once.
 */
final class JsonNode {
  private final byte[] text;
  private final int from;
  private final int to;
  private final List<JsonKey> keys = new ArrayList<>(0);
  private @Nullable List<JsonNode> values;

  JsonNode(byte[] text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  JsonNode child(Leg leg) {
    List<JsonNode> held = values(leg);
    return held.get(existing(leg, held));
  }

  void replace(Leg leg, JsonNode value) {
    List<JsonNode> held = values(leg);
    held.set(existing(leg, held), value);
  }

  void remove(Leg leg) {
    List<JsonNode> held = values(leg);
    int index = existing(leg, held);
    held.remove(index);
    if (isObject()) {
      keys.remove(index);
    }
  }

  /** What comes to lie past the end of an array becomes its last element. */
  void insert(Leg leg, JsonNode value) {
    List<JsonNode> held = values(leg);
    int index = index(leg, held);
    switch (leg) {
      case Cell _ -> held.add(Math.clamp(index, 0, held.size()), value);
      case Member(var key) -> {
        if (index >= 0) {
          throw new UnfitEditsException("a member that is inserted is already there");
        }
        keys.add(~index, key);
        held.add(~index, value);
      }
    }
  }

  private int existing(Leg leg, List<JsonNode> held) {
    int index = index(leg, held);
    if (index < 0 || index >= held.size()) {
      throw missing();
    }
    return index;
  }

  /** Negative where it is not there: the complement of where a key would come. */
  private int index(Leg leg, List<JsonNode> held) {
    return switch (leg) {
      case Member(var key) -> Collections.binarySearch(keys, key);
      case Cell(var index, var fromEnd) -> fromEnd ? held.size() - 1 - index : index;
    };
  }

  private boolean isObject() {
    return text[from] == '{';
  }

  private List<JsonNode> values(Leg leg) {
    if (from >= to || text[from] != (leg instanceof Member ? '{' : '[')) {
      throw missing();
    }
    List<JsonNode> held = values;
    if (held == null) {
      held = read();
      values = held;
    }
    return held;
  }

  private List<JsonNode> read() {
    JsonEntries entries = new JsonEntries(text, from, to);
    List<JsonNode> read = new ArrayList<>();
    while (entries.next()) {
      read.add(new JsonNode(text, entries.value, entries.end));
      if (isObject()) {
        JsonKey key = new JsonKey(Arrays.copyOfRange(text, entries.from, entries.keyEnd));
        if (!keys.isEmpty() && keys.getLast().compareTo(key) >= 0) {
          throw JsonScan.broken();
        }
        keys.add(key);
      }
    }
    if (entries.end != to - 1) {
      throw JsonScan.broken();
    }
    return read;
  }

  private static UnfitEditsException missing() {
    return new UnfitEditsException("what an edit of a JSON document is about is not there");
  }

  /** Appends its text. */
  void write(RowBuffer out) {
    List<JsonNode> held = values;
    if (held == null) {
      append(text, from, to, out);
      return;
    }
    sign(text[from], out);
    for (int i = 0; i < held.size(); i++) {
      if (i > 0) {
        sign(',', out);
        sign(' ', out);
      }
      if (isObject()) {
        byte[] key = keys.get(i).quoted;
        append(key, 0, key.length, out);
        sign(':', out);
        sign(' ', out);
      }
      held.get(i).write(out);
    }
    sign(text[to - 1], out);
  }

  private static void sign(int sign, RowBuffer out) {
    out.reserve(1);
    out.bytes[out.length++] = (byte) sign;
  }

  private static void append(byte[] bytes, int from, int to, RowBuffer out) {
    out.reserve(to - from);
    System.arraycopy(bytes, from, out.bytes, out.length, to - from);
    out.length += to - from;
  }
}
