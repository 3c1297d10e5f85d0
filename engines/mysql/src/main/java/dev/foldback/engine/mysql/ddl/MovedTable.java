package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a table still says under old names after it went to another schema: servers carry foreign
 * keys along, but neither the sequences of its defaults nor the tables of a MERGE.
 */
public final class MovedTable {
  private static final Set<String> OF_SEQUENCES = Set.of("NEXTVAL", "LASTVAL", "SETVAL");

  private MovedTable() {}

  /**
   * Statements that make the table say what its definition says, without touching its rows.
   *
   * @param definition as SHOW CREATE TABLE prints it, with the names that are to be
   */
  public static List<String> corrections(TableName name, String definition) {
    List<String> statements = new ArrayList<>();
    String alter = "ALTER TABLE " + Sql.name(name.schema(), name.table());
    TableStatement table = TableStatement.parse(definition);
    for (TableElement element : table.elements()) {
      if (element.kind() == TableElement.Kind.COLUMN && isOfSequence(element)) {
        statements.add(alter + " MODIFY COLUMN " + element.text());
      }
    }
    union(table.tail(), name).ifPresent(union -> statements.add(alter + " " + union));
    return statements;
  }

  private static boolean isOfSequence(TableElement element) {
    return Lexer.tokens(element.text()).stream()
        .anyMatch(t -> t.kind() == Token.Kind.WORD && t.isAny(OF_SEQUENCES));
  }

  /** UNION=(…) with every name qualified. */
  private static java.util.Optional<String> union(String tail, TableName name) {
    // A rename that renames nothing writes the schemas out.
    Renames none = new Renames(Map.of("", ""), Map.of());
    String whole = MergeUnion.rename(tail, name.schema(), none);
    List<Token> words = Lexer.tokens(whole).stream().filter(Token::matters).toList();
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).is("UNION")) {
        int end = i;
        while (end < words.size() - 1 && !words.get(end).isSymbol(')')) {
          end++;
        }
        return java.util.Optional.of(whole.substring(words.get(i).start(), words.get(end).end()));
      }
    }
    return java.util.Optional.empty();
  }
}
