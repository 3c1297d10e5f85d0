package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Foreign keys with CASCADE or SET NULL, from what SHOW CREATE TABLE printed. */
public final class ActingKeys {
  /** Types whose equal values have the same bytes in frames, as far as foreign keys allow them. */
  private static final Set<String> SAME_BYTES =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "date",
          "datetime",
          "timestamp",
          "time",
          "year",
          "binary",
          "varbinary",
          "uuid",
          "inet4",
          "inet6",
          "enum",
          "set",
          "decimal",
          "bit");

  private ActingKeys() {}

  public static List<ActingKey> of(TableState table) {
    String definition = table.object().definition();
    if (!definition.contains("FOREIGN KEY")) {
      return List.of();
    }
    List<ActingKey> keys = new ArrayList<>();
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() == TableElement.Kind.FOREIGN_KEY) {
        ActingKey key = key(table, element);
        if (key.onDelete() != Action.NONE || key.onUpdate() != Action.NONE) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private static ActingKey key(TableState table, TableElement element) {
    List<Token> words = Lexer.tokens(element.text()).stream().filter(Token::matters).toList();
    List<String> columns = new ArrayList<>();
    List<String> parentColumns = new ArrayList<>();
    List<String> into = columns;
    boolean inside = false;
    for (Token word : words) {
      if (word.is("REFERENCES")) {
        into = parentColumns;
      }
      if (word.isSymbol('(') || word.isSymbol(')')) {
        inside = word.isSymbol('(');
      } else if (inside && !word.isSymbol(',')) {
        into.add(word.name());
      }
    }
    String[] parent = ForeignKeys.referenced(element.text());
    return new ActingKey(
        table.name(),
        columns,
        new TableName(parent[0].isEmpty() ? table.name().schema() : parent[0], parent[1]),
        parentColumns,
        action(words, "DELETE"),
        action(words, "UPDATE"),
        sameBytes(table, columns));
  }

  private static Action action(List<Token> words, String when) {
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).is("ON") && words.get(i + 1).is(when)) {
        if (words.get(i + 2).is("CASCADE")) {
          return Action.CASCADE;
        }
        boolean sets = words.get(i + 2).is("SET") && i + 3 < words.size();
        return sets && words.get(i + 3).is("NULL") ? Action.SET_NULL : Action.NONE;
      }
    }
    return Action.NONE;
  }

  private static boolean sameBytes(TableState table, List<String> columns) {
    for (ColumnLayout column : table.definition().columns()) {
      String type = column.type().split("[ (]", 2)[0];
      boolean plain = SAME_BYTES.contains(type) && !column.type().contains("zerofill");
      if (!plain && columns.stream().anyMatch(column.name()::equalsIgnoreCase)) {
        return false;
      }
    }
    return true;
  }
}
