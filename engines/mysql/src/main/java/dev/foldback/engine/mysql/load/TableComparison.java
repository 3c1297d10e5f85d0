package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.log.TableChange;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.TableStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells from the definitions before and after a statement what it did to the rows. */
final class TableComparison {
  private final Map<TableName, TableState> before;
  private final Map<TableName, TableState> after;
  private final DdlStatement statement;

  TableComparison(
      Map<TableName, TableState> before, Map<TableName, TableState> after, DdlStatement statement) {
    this.before = before;
    this.after = after;
    this.statement = statement;
  }

  /**
   * @param touched every table that it may have touched, by its name before or after
   */
  List<TableChange> changes(Collection<TableName> touched) {
    return switch (statement.kind()) {
      case CREATE_TABLE -> created();
      case DROP_TABLE -> dropped();
      case TRUNCATE_TABLE -> List.of(new TableChange.Emptied(statement.names().getFirst()));
      case RENAME_TABLE -> renamed();
      case DELETE_HISTORY -> converted(statement.names());
      case ALTER_TABLE ->
          statement.movesRows() ? converted(touched) : altered(statement.names().getFirst());
      default -> List.of();
    };
  }

  private List<TableChange> created() {
    TableName name = statement.names().getFirst();
    @Nullable TableState now = after.get(name);
    boolean left = before.containsKey(name) && !statement.replaces();
    return now == null || left ? List.of() : List.of(new TableChange.Created(now));
  }

  private List<TableChange> dropped() {
    List<TableChange> changes = new ArrayList<>();
    for (TableName name : statement.names()) {
      if (before.containsKey(name) && !after.containsKey(name)) {
        changes.add(new TableChange.Dropped(name));
      }
    }
    return changes;
  }

  /** One after another, as the server does it: names may be swapped. */
  private List<TableChange> renamed() {
    Map<TableName, TableName> from = new HashMap<>();
    for (int i = 0; i < statement.targets().size(); i++) {
      TableName old = statement.names().get(i);
      TableName first = Optional.ofNullable(from.remove(old)).orElse(old);
      from.put(statement.targets().get(i), first);
    }
    List<TableChange> changes = new ArrayList<>();
    from.forEach(
        (name, first) -> {
          @Nullable TableState now = after.get(name);
          if (now != null && before.containsKey(first) && !first.equals(name)) {
            changes.add(new TableChange.Redefined(first, now));
          }
        });
    return changes;
  }

  private List<TableChange> altered(TableName name) {
    @Nullable TableState old = before.get(name);
    TableName target = statement.targets().isEmpty() ? name : statement.targets().getFirst();
    @Nullable TableState now = after.get(target);
    if (old == null || now == null) {
      return List.of();
    }
    if (!statement.changesColumns() && columns(old).equals(columns(now)) && sameRows(old, now)) {
      return List.of(new TableChange.Redefined(name, now));
    }
    return List.of(new TableChange.Converted(List.of(name), List.of(now)));
  }

  private List<TableChange> converted(Collection<TableName> touched) {
    List<TableName> old = touched.stream().filter(before::containsKey).sorted().toList();
    List<TableState> now =
        touched.stream().sorted().map(after::get).filter(s -> s != null).distinct().toList();
    return old.isEmpty() ? List.of() : List.of(new TableChange.Converted(old, now));
  }

  /** False where history begins or ends, or the new engine keeps none. */
  private static boolean sameRows(TableState old, TableState now) {
    return old.definition().columns().equals(now.definition().columns())
        && Objects.equals(
            old.definition().properties().get(TableProperties.ROWS),
            now.definition().properties().get(TableProperties.ROWS));
  }

  /** Their whole texts: type, character set, default, expression, order. */
  private static List<String> columns(TableState table) {
    return TableStatement.parse(table.object().definition()).columns();
  }
}
