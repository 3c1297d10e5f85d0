package dev.foldback.core.engine;

import java.util.Map;

/**
 * Something that is created by a statement: a schema, table, view, trigger, account, …
 *
 * @param kind such as {@code schema}, {@code table}, {@code view}, {@code function}, {@code
 *     trigger}, {@code event}, {@code sequence}, {@code user}, {@code role}, {@code grant}
 * @param schema the schema it lives in; empty for server-wide objects
 * @param name unquoted
 * @param definition the statement that creates it, as the server gives it
 * @param context what the statement must run under, such as {@code sql_mode}, {@code time_zone},
 *     {@code character_set_client}; and what the engine needs besides
 */
public record SchemaObject(
    String kind, String schema, String name, String definition, Map<String, String> context) {
  public SchemaObject {
    context = Map.copyOf(context);
  }

  /** For people. */
  public String label() {
    return kind + " " + (schema.isEmpty() ? name : schema + "." + name);
  }
}
