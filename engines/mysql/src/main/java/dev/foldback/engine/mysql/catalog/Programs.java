package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** What information_schema says, in whatever character set the program was written. */
  private record Head(String definer, String comment) {
    static final Head NONE = new Head("", "");
  }

  private Programs() {}

  static List<SchemaObject> routines(Reading reading) throws SQLException {
    List<Name> names = new ArrayList<>();
    Map<Name, Head> heads = new HashMap<>();
    reading.eachInSchemas(
        "select routine_schema, routine_name, routine_type, definer, routine_comment"
            + " from information_schema.routines where %s order by routine_schema, routine_name",
        "routine_schema",
        row -> {
          Name name =
              new Name(
                  row.getString(3).toLowerCase(Locale.ROOT), row.getString(1), row.getString(2));
          names.add(name);
          heads.put(name, new Head(text(row.getString(4)), text(row.getString(5))));
        });
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
          show(reading, name, heads.getOrDefault(name, Head.NONE), Map.of())
              .ifPresent(objects::add);
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
        Head head = new Head(entry.getValue().getOrDefault(Context.DEFINER, ""), "");
        show(reading, entry.getKey(), head, entry.getValue()).ifPresent(objects::add);
      }
    }
    return objects;
  }

  static List<SchemaObject> events(Reading reading) throws SQLException {
    Map<Name, Map<String, String>> names = new LinkedHashMap<>();
    Map<Name, Head> heads = new HashMap<>();
    reading.eachInSchemas(
        "select event_schema, event_name, definer, status, created, event_comment"
            + " from information_schema.events where %s order by event_schema, event_name",
        "event_schema",
        row -> {
          Map<String, String> context = new LinkedHashMap<>();
          context.put(Context.DEFINER, row.getString(3));
          context.put(Context.STATUS, row.getString(4));
          context.put(Context.CREATED, row.getString(5));
          Name name = new Name("event", row.getString(1), row.getString(2));
          names.put(name, context);
          heads.put(name, new Head(text(row.getString(3)), text(row.getString(6))));
        });
    List<SchemaObject> objects = new ArrayList<>();
    for (Map.Entry<Name, Map<String, String>> entry : names.entrySet()) {
      if (reading.selected(entry.getKey().schema(), entry.getKey().name())) {
        Head head = heads.getOrDefault(entry.getKey(), Head.NONE);
        show(reading, entry.getKey(), head, entry.getValue()).ifPresent(objects::add);
      }
    }
    return objects;
  }

  private static Optional<SchemaObject> show(
      Reading reading, Name name, Head head, Map<String, String> context) throws SQLException {
    String sql = "show create " + name.kind() + " " + Sql.name(name.schema(), name.name());
    String label = name.kind() + " " + name.schema() + "." + name.name();
    Optional<Map<String, @Nullable String>> row = reading.attempt(label, () -> reading.show(sql));
    return row.flatMap(
        values -> {
          Optional<SchemaObject> object = object(name, context, values);
          if (object.isEmpty()) {
            reading.add(hidden(reading, label));
          }
          return object.map(o -> withHead(o, head));
        });
  }

  /** Where the client wrote no UTF-8 the server prints a head that is not in ASCII garbled. */
  private static SchemaObject withHead(SchemaObject object, Head head) {
    String client = object.context().getOrDefault(Context.CHARACTER_SET_CLIENT, "utf8mb4");
    String table = object.context().getOrDefault(Context.TABLE, "");
    String known = object.name() + head.definer() + head.comment() + table;
    if (client.startsWith("utf8") || known.chars().allMatch(c -> c < 0x80)) {
      return object;
    }
    String definition =
        ProgramStatement.withHead(
            object.definition(),
            object.context().getOrDefault(Context.SQL_MODE, ""),
            object.kind().toUpperCase(Locale.ROOT),
            object.name(),
            head.definer(),
            table,
            head.comment());
    return new SchemaObject(
        object.kind(), object.schema(), object.name(), definition, object.context());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
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
