package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas with their defaults. */
final class Schemas {
  private Schemas() {}

  /** Also settles which schemas the rest of the reading looks at. */
  static List<SchemaObject> read(Reading reading) throws SQLException {
    Map<String, Map<String, String>> contexts = new LinkedHashMap<>();
    OwnSchemas own = reading.ownSchemas();
    reading.each(
        "select schema_name, default_character_set_name, default_collation_name"
            + " from information_schema.schemata order by schema_name",
        row -> {
          String name = row.getString(1);
          if (own.isWanted(name, reading.selection())) {
            Map<String, String> context = new LinkedHashMap<>();
            context.put(Context.CHARACTER_SET, row.getString(2));
            context.put(Context.COLLATION, row.getString(3));
            contexts.put(name, context);
          }
        });
    if (reading.flavor().mySqlAtLeast(8, 0, 22)) {
      reading.each(
          "select schema_name, options from information_schema.schemata_extensions",
          row -> {
            @Nullable String options = row.getString(2);
            @Nullable Map<String, String> context = contexts.get(row.getString(1));
            if (context != null && options != null && options.contains("READ ONLY=1")) {
              context.put(Context.READ_ONLY, "yes");
            }
          });
    }
    reading.schemas(List.copyOf(contexts.keySet()));
    return definitions(reading, contexts);
  }

  private static List<SchemaObject> definitions(
      Reading reading, Map<String, Map<String, String>> contexts) throws SQLException {
    List<SchemaObject> objects = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> entry : contexts.entrySet()) {
      String name = entry.getKey();
      reading
          .attempt("schema " + name, () -> reading.show("show create database " + Sql.name(name)))
          .map(row -> row.get("Create Database"))
          .ifPresent(
              sql -> objects.add(new SchemaObject("schema", name, name, sql, entry.getValue())));
    }
    return objects;
  }
}
