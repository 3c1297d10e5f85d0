package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.TableState;
import java.util.ArrayList;
import java.util.List;

/** Foreign keys with CASCADE or SET NULL, from what SHOW CREATE TABLE printed. */
public final class ActingKeys {
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
        action(words, "UPDATE"));
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
}
