package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sequences that a table's defaults take values from. */
public final class NextValues {
  private static final Set<String> FUNCTIONS = Set.of("NEXTVAL", "LASTVAL");

  private NextValues() {}

  /**
   * @param definition as SHOW CREATE TABLE prints it
   * @param schema of the table
   */
  public static Set<TableName> of(String definition, String schema) {
    Set<TableName> names = new HashSet<>();
    List<Token> words = Lexer.tokens(definition).stream().filter(Token::matters).toList();
    for (int i = 0; i + 3 < words.size(); i++) {
      if (words.get(i).isAny(FUNCTIONS) && words.get(i + 1).isSymbol('(')) {
        String first = words.get(i + 2).name();
        boolean qualified = i + 4 < words.size() && words.get(i + 3).isSymbol('.');
        names.add(
            qualified
                ? new TableName(first, words.get(i + 4).name())
                : new TableName(schema, first));
      }
    }
    return names;
  }
}
