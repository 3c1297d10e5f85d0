package dev.foldback.repository;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a JSON object that nobody vouches for: each is there, of its type and in its
 * range, or the text is damaged.
 *
 * @param where what the object is part of, for the error
 */
record Fields(JsonNode node, String where) {
  Fields {
    if (!node.isObject()) {
      throw Damage.manifest(where, "an object was expected");
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** Whether the field is there and null. */
  boolean isNull(String name) {
    return get(name).isNull();
  }

  String text(String name) {
    JsonNode value = get(name);
    if (!value.isTextual()) {
      throw wrong(name);
    }
    return value.textValue();
  }

  String hash(String name) {
    String value = text(name);
    if (!Hash.isHex(value)) {
      throw wrong(name);
    }
    return value;
  }

  boolean flag(String name) {
    JsonNode value = get(name);
    if (!value.isBoolean()) {
      throw wrong(name);
    }
    return value.booleanValue();
  }

  /** A whole number that is not negative. */
  long count(String name) {
    return count(name, Long.MAX_VALUE);
  }

  int size(String name) {
    return (int) count(name, Integer.MAX_VALUE);
  }

  private long count(String name, long max) {
    JsonNode value = get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name);
    }
    long number = value.longValue();
    if (number < 0 || number > max) {
      throw wrong(name);
    }
    return number;
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong(name);
    }
  }

  Fields object(String name) {
    return new Fields(get(name), where);
  }

  List<Fields> objects(String name) {
    List<Fields> result = new ArrayList<>();
    for (JsonNode each : array(name)) {
      result.add(new Fields(each, where));
    }
    return result;
  }

  List<String> texts(String name) {
    List<String> result = new ArrayList<>();
    for (JsonNode each : array(name)) {
      if (!each.isTextual()) {
        throw wrong(name);
      }
      result.add(each.textValue());
    }
    return result;
  }

  Map<String, String> map(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object(name).node.properties()) {
      if (!each.getValue().isTextual()) {
        throw wrong(name);
      }
      result.put(each.getKey(), each.getValue().textValue());
    }
    return result;
  }

  private JsonNode array(String name) {
    JsonNode value = get(name);
    if (!value.isArray()) {
      throw wrong(name);
    }
    return value;
  }

  private JsonNode get(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw Damage.manifest(where, "'" + name + "' is missing");
    }
    return value;
  }

  private RuntimeException wrong(String name) {
    return Damage.manifest(
        where, "'" + name + "' can't be " + Damage.clip(String.valueOf(node.get(name))));
  }
}
