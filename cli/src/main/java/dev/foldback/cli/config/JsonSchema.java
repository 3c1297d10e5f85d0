package dev.foldback.cli.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON Schema of {@code foldback.yaml}, for editors. */
final class JsonSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is filled in when the file is read: any value may be one. */
  private static final String REFERENCE = "\\$\\{";

  private JsonSchema() {}

  static ObjectNode document() {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "foldback.yaml");
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode sections = schema.putObject("properties");
    sections.set("defaults", section(Properties.DEFAULTS));
    sections.set("repositories", named(section(Properties.REPOSITORIES), ".+"));
    sections.set("sources", named(section(Properties.SOURCES), "^[a-z0-9][a-z0-9._-]{0,62}$"));
    return schema;
  }

  private static ObjectNode named(ObjectNode entry, String pattern) {
    entry.putArray("required").add("url");
    ObjectNode map = JSON.objectNode();
    map.put("type", "object");
    map.put("additionalProperties", false);
    map.putObject("patternProperties").set(pattern, entry);
    return map;
  }

  private static ObjectNode section(List<Property> properties) {
    ObjectNode section = JSON.objectNode();
    section.put("type", "object");
    section.put("additionalProperties", false);
    ObjectNode keys = section.putObject("properties");
    properties.forEach(p -> keys.set(p.name(), value(p)));
    return section;
  }

  private static ObjectNode value(Property property) {
    ObjectNode value = JSON.objectNode();
    value.put("description", property.description());
    switch (property.kind()) {
      case TEXT, SECRET, PATH -> value.put("type", "string");
      case COUNT -> whole(value, 4096);
      case SIZE -> {
        value.putArray("type").add("string").add("integer");
        value.put("pattern", "^" + Quantities.SIZE_PATTERN + "$|" + REFERENCE);
      }
      case DURATION ->
          value
              .put("type", "string")
              .put("pattern", "^" + Quantities.DURATION_PATTERN + "$|" + REFERENCE);
      case PATTERNS -> value.put("type", "array").putObject("items").put("type", "string");
      case LIMITS -> {
        value.put("type", "object");
        whole(value.putObject("additionalProperties"), Long.MAX_VALUE);
      }
    }
    return value;
  }

  /** A whole number from 1, or a reference to one. */
  private static void whole(ObjectNode value, long most) {
    ArrayNode either = value.putArray("anyOf");
    ObjectNode number = either.addObject().put("type", "integer").put("minimum", 1);
    if (most < Long.MAX_VALUE) {
      number.put("maximum", (int) most);
    }
    either.addObject().put("type", "string").put("pattern", REFERENCE);
  }
}
