package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key.
 *
 * @param columns of the table that has it
 * @param parent the table that it points to
 * @param referenced columns of that, as many
 * @param followsDelete whether rows go or change with the row that they point to
 * @param followsUpdate whether rows change with the key that they point to
 */
public record ForeignKeyRule(
    TableName child,
    List<String> columns,
    TableName parent,
    List<String> referenced,
    boolean followsDelete,
    boolean followsUpdate) {
  public ForeignKeyRule {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }

  /**
   * Those of a table.
   *
   * @param definition as SHOW CREATE TABLE prints it
   */
  public static List<ForeignKeyRule> of(TableName child, String definition) {
    List<ForeignKeyRule> rules = new ArrayList<>();
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() == TableElement.Kind.FOREIGN_KEY) {
        rules.add(rule(child, element));
      }
    }
    return rules;
  }

  static ForeignKeyRule rule(TableName child, TableElement element) {
    String[] parent = ForeignKeys.referenced(element.text());
    List<Token> words = Lexer.tokens(element.text()).stream().filter(Token::matters).toList();
    int references = 0;
    while (!words.get(references).is("REFERENCES")) {
      references++;
    }
    return new ForeignKeyRule(
        child,
        names(words, 0),
        new TableName(parent[0].isEmpty() ? child.schema() : parent[0], parent[1]),
        names(words, references),
        follows(words, "DELETE"),
        follows(words, "UPDATE"));
  }

  /** The names in the first parentheses from there on. */
  private static List<String> names(List<Token> words, int from) {
    List<String> names = new ArrayList<>();
    int at = from;
    while (!words.get(at).isSymbol('(')) {
      at++;
    }
    for (at++; !words.get(at).isSymbol(')'); at++) {
      if (!words.get(at).isSymbol(',')) {
        names.add(words.get(at).name());
      }
    }
    return names;
  }

  private static boolean follows(List<Token> words, String change) {
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).is("ON") && words.get(i + 1).is(change)) {
        return words.get(i + 2).is("CASCADE") || words.get(i + 2).is("SET");
      }
    }
    return false;
  }
}
