package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views, those that others need first. */
final class Views {
  /** "References invalid table(s) or column(s) or function(s) or …". */
  private static final int INVALID = 1356;

  private final Map<TableName, SchemaObject> views = new LinkedHashMap<>();
  private final Set<TableName> done = new HashSet<>();
  private final List<SchemaObject> ordered = new ArrayList<>();

  private Views() {}

  static List<SchemaObject> read(Reading reading, List<TableName> names) throws SQLException {
    Views all = new Views();
    for (TableName name : names) {
      reading
          .attempt("view " + name, () -> view(reading, name))
          .ifPresent(view -> all.views.put(name, view));
    }
    for (TableName name : all.views.keySet()) {
      all.order(name);
    }
    return all.ordered;
  }

  private static SchemaObject view(Reading reading, TableName name) throws SQLException {
    String sql = "show create view " + Sql.name(name.schema(), name.table());
    Reading.Shown shown = reading.shown(sql, INVALID);
    Map<String, String> context = new LinkedHashMap<>();
    put(context, Context.CHARACTER_SET_CLIENT, shown.values().get("character_set_client"));
    put(context, Context.COLLATION_CONNECTION, shown.values().get("collation_connection"));
    context.put(Context.VALID, shown.warned() ? "no" : "yes");
    if (shown.warned()) {
      reading.add(
          Finding.warning(
              "view-invalid",
              "view " + name,
              "refers to something that is missing, so nobody can use it; its definition is kept",
              "Repair or drop it on the source."));
    }
    @Nullable String definition = shown.values().get("Create View");
    return new SchemaObject(
        "view", name.schema(), name.table(), definition == null ? "" : definition, context);
  }

  private static void put(Map<String, String> context, String key, @Nullable String value) {
    if (value != null) {
      context.put(key, value);
    }
  }

  /** Depth first; a cycle, which only an invalid view can close, ends at the one seen before. */
  private void order(TableName name) {
    @Nullable SchemaObject view = views.get(name);
    if (view == null || !done.add(name)) {
      return;
    }
    for (TableName other : SqlText.qualifiedNames(view.definition())) {
      order(other);
    }
    ordered.add(view);
  }
}
