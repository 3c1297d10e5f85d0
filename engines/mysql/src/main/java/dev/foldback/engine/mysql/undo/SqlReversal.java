package dev.foldback.engine.mysql.undo;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Reversal;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ForeignKeyRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes changes back in SQL. A row is found by all its values, so that one that has changed since
 * is not found. Where a foreign key would follow the statement into rows that came later, it is
 * first made sure that there are none.
 */
public final class SqlReversal implements Reversal {
  private final GuardedScript script = new GuardedScript();
  private final Map<TableName, List<ForeignKeyRule>> rulesTo = new HashMap<>();
  private final Map<TableName, SqlTable> tables = new HashMap<>();
  private final Set<TableName> triggered = new HashSet<>();

  public SqlReversal(Collection<TableState> tables, Collection<SchemaObject> objects) {
    for (TableState table : tables) {
      for (ForeignKeyRule rule : ForeignKeyRule.of(table.name(), table.object().definition())) {
        rulesTo.computeIfAbsent(rule.parent(), parent -> new ArrayList<>()).add(rule);
      }
    }
    for (SchemaObject object : objects) {
      String table = object.context().get(Context.TABLE);
      if (object.kind().equals("trigger") && table != null) {
        triggered.add(new TableName(object.schema(), table));
      }
    }
  }

  private SqlTable table(TableState state) {
    return tables.computeIfAbsent(state.name(), name -> new SqlTable(state));
  }

  @Override
  public String begin(List<String> words, String schema) {
    return script.begin(words, schema);
  }

  @Override
  public String end() {
    return script.end();
  }

  @Override
  public String insert(TableState state, RowImage after) {
    List<ForeignKeyRule> followed = followed(state, after, Optional.empty());
    return guarded(state, table(state).delete(after), false, followed, after);
  }

  @Override
  public String update(TableState state, RowImage before, RowImage after) {
    SqlTable table = table(state);
    String sql = table.update(after, before);
    List<ForeignKeyRule> followed = followed(state, after, Optional.of(before));
    return sql.isEmpty() ? "" : guarded(state, sql, table.needsLenience(before), followed, after);
  }

  @Override
  public String delete(TableState state, RowImage before) {
    SqlTable table = table(state);
    return script.one(table.insert(before), table.needsLenience(before));
  }

  private String guarded(
      TableState state,
      String sql,
      boolean lenient,
      List<ForeignKeyRule> followed,
      RowImage present) {
    if (followed.isEmpty()) {
      return script.one(sql, lenient);
    }
    List<String> referring = new ArrayList<>();
    for (ForeignKeyRule rule : followed) {
      referring(state, rule, present).ifPresent(referring::add);
    }
    return script.alone(sql, lenient, referring);
  }

  /** The foreign keys that follow where a row becomes another, or goes. */
  private List<ForeignKeyRule> followed(TableState state, RowImage was, Optional<RowImage> is) {
    SqlTable table = table(state);
    return rulesTo.getOrDefault(state.name(), List.of()).stream()
        .filter(rule -> is.isEmpty() ? rule.followsDelete() : rule.followsUpdate())
        .filter(
            rule ->
                is.isEmpty()
                    || rule.referenced().stream()
                        .mapToInt(table::indexOf)
                        .anyMatch(c -> c < 0 || !was.hasSame(c, is.get())))
        .toList();
  }

  /** A query that finds rows which refer to the row; empty where none can. */
  private Optional<String> referring(TableState state, ForeignKeyRule rule, RowImage row) {
    SqlTable parent = table(state);
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < rule.columns().size(); i++) {
      int column = parent.indexOf(rule.referenced().get(i));
      if (column < 0 || RawValue.of(row, column) == null) {
        return Optional.empty();
      }
      String referring = Sql.name(rule.columns().get(i));
      conditions.add(parent.columns().get(column).equalIn(referring, row, column));
    }
    return Optional.of(
        "SELECT 1 FROM "
            + Sql.name(rule.child().schema(), rule.child().table())
            + " WHERE "
            + String.join(" AND ", conditions));
  }

  @Override
  public Optional<String> refusal(TableState table) {
    Map<String, String> properties = table.definition().properties();
    if (properties.containsKey(TableProperties.VERSIONED)) {
      return Optional.of("keeps the history of its rows, which no statement can take back");
    }
    if ("no".equals(properties.get(TableProperties.TRANSACTIONAL))) {
      return Optional.of(
          "is of an engine without transactions ("
              + properties.get(TableProperties.ENGINE)
              + "), so a script that fails midway would leave a part of its work");
    }
    return Optional.empty();
  }

  @Override
  public boolean setsOff(TableName table) {
    return triggered.contains(table);
  }

  @Override
  public Set<TableName> followers(TableState table, RowImage before, Optional<RowImage> after) {
    Set<TableName> followers = new TreeSet<>();
    followed(table, before, after).forEach(rule -> followers.add(rule.child()));
    return followers;
  }
}
