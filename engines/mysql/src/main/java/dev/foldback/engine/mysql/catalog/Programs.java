package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stored programs: routines, packages, libraries, triggers and events, each with its context. */
final class Programs {

  /** Order in which kinds can be created: a body after its package, a routine after its library. */
  private static final List<String> ROUTINE_KINDS =
      List.of("library", "package", "package body", "function", "procedure");

  private record Name(String kind, String schema, String name) {}

  private Programs() {}

  static List<SchemaObject> routines(Reading reading) throws SQLException {
    List<Name> names = new ArrayList<>();
    reading.eachInSchemas(
        "select routine_schema, routine_name, routine_type from information_schema.routines"
            + " where %s order by routine_schema, routine_name",
        "routine_schema",
        row ->
            names.add(
                new Name(
                    row.getString(3).toLowerCase(Locale.ROOT),
                    row.getString(1),
                    row.getString(2))));
    if (reading.flavor().mySqlAtLeast(9, 2, 0)) {
      reading.eachInSchemas(
          "select library_schema, library_name from information_schema.libraries where %s"
              + " order by library_schema, library_name",
          "library_schema",
          row -> names.add(new Name("library", row.getString(1), row.getString(2))));
    }
    List<SchemaObject> objects = new ArrayList<>();
    for (String kind : ROUTINE_KINDS) {
      for (Name name : names) {
        if (name.kind().equals(kind) && reading.selected(name.schema(), name.name())) {
          show(reading, name, Map.of()).ifPresent(objects::add);
        }
      }
    }
    return objects;
  }

  /** In the order in which they run, so that creating them one after the other keeps it. */
  static List<SchemaObject> triggers(Reading reading) throws SQLException {
    // A trigger for several events is listed once for each.
    Map<Name, Map<String, String>> names = new LinkedHashMap<>();
    reading.eachInSchemas(
        "select trigger_schema, trigger_name, event_object_table, action_order, definer"
            + " from information_schema.triggers where %s order by trigger_schema,"
            + " event_object_table, action_timing, event_manipulation, action_order",
        "trigger_schema",
        row -> {
          Map<String, String> context = new LinkedHashMap<>();
          context.put(Context.TABLE, row.getString(3));
          context.put(Context.ACTION_ORDER, row.getString(4));
          context.put(Context.DEFINER, row.getString(5));
          names.putIfAbsent(new Name("trigger", row.getString(1), row.getString(2)), context);
        });
    List<SchemaObject> objects = new ArrayList<>();
    for (Map.Entry<Name, Map<String, String>> entry : names.entrySet()) {
      @Nullable String table = entry.getValue().get(Context.TABLE);
      if (table != null && reading.selected(entry.getKey().schema(), table)) {
        show(reading, entry.getKey(), entry.getValue()).ifPresent(objects::add);
      }
    }
    return objects;
  }

  static List<SchemaObject> events(Reading reading) throws SQLException {
    Map<Name, Map<String, String>> names = new LinkedHashMap<>();
    reading.eachInSchemas(
        "select event_schema, event_name, definer, status, on_completion"
            + " from information_schema.events where %s order by event_schema, event_name",
        "event_schema",
        row -> {
          Map<String, String> context = new LinkedHashMap<>();
          context.put(Context.DEFINER, row.getString(3));
          context.put(Context.STATUS, row.getString(4));
          names.put(new Name("event", row.getString(1), row.getString(2)), context);
        });
    List<SchemaObject> objects = new ArrayList<>();
    for (Map.Entry<Name, Map<String, String>> entry : names.entrySet()) {
      if (reading.selected(entry.getKey().schema(), entry.getKey().name())) {
        show(reading, entry.getKey(), entry.getValue()).ifPresent(objects::add);
      }
    }
    return objects;
  }

  private static Optional<SchemaObject> show(
      Reading reading, Name name, Map<String, String> context) throws SQLException {
    String sql = "show create " + name.kind() + " " + Sql.name(name.schema(), name.name());
    String label = name.kind() + " " + name.schema() + "." + name.name();
    Optional<Map<String, @Nullable String>> row = reading.attempt(label, () -> reading.show(sql));
    return row.flatMap(
        values -> {
          Optional<SchemaObject> object = object(name, context, values);
          if (object.isEmpty()) {
            reading.add(hidden(reading, label));
          }
          return object;
        });
  }

  /** Empty where the server hides the body. */
  private static Optional<SchemaObject> object(
      Name name, Map<String, String> known, Map<String, @Nullable String> values) {
    Map<String, String> context = new LinkedHashMap<>(known);
    @Nullable String definition = null;
    for (Map.Entry<String, @Nullable String> value : values.entrySet()) {
      @Nullable String text = value.getValue();
      if (text == null) {
        continue;
      }
      switch (value.getKey().toLowerCase(Locale.ROOT)) {
        case "sql_mode" -> context.put(Context.SQL_MODE, text);
        case "time_zone" -> context.put(Context.TIME_ZONE, text);
        case "character_set_client" -> context.put(Context.CHARACTER_SET_CLIENT, text);
        case "collation_connection" -> context.put(Context.COLLATION_CONNECTION, text);
        case "database collation" -> context.put(Context.DATABASE_COLLATION, text);
        case "created" -> context.put(Context.CREATED, text);
        case "sql original statement" -> definition = text;
        default -> {
          if (value.getKey().toLowerCase(Locale.ROOT).startsWith("create ")) {
            definition = text;
          }
        }
      }
    }
    return definition == null || definition.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SchemaObject(name.kind(), name.schema(), name.name(), definition, context));
  }

  private static Finding hidden(Reading reading, String label) {
    String right =
        reading.flavor().mySqlAtLeast(8, 0, 20)
            ? "GRANT SHOW_ROUTINE ON *.* TO "
            : reading.flavor().mariaDbAtLeast(11, 3, 0)
                ? "GRANT SHOW CREATE ROUTINE ON *.* TO "
                : "GRANT SELECT ON *.* TO ";
    return Finding.error(
        "privilege-missing",
        label,
        "shows no body to this account, so the backup would lack it",
        right + reading.account() + ";");
  }
}
