package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;

/** The tables that a MERGE table shows, {@code UNION=(`a`,`s`.`b`)}, under their new names. */
final class MergeUnion {
  private MergeUnion() {}

  /**
   * @param tail what follows the columns of the table's definition
   * @param schema of the table, under its old name
   */
  static String rename(String tail, String schema, Renames renames) {
    if (renames.isEmpty()) {
      return tail;
    }
    List<Token> words = Lexer.tokens(tail).stream().filter(Token::matters).toList();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int i = 0;
    while (i < words.size() && !words.get(i).is("UNION")) {
      i++;
    }
    for (; i < words.size() && !words.get(i).isSymbol(')'); i++) {
      if (words.get(i).kind() != Token.Kind.NAME) {
        continue;
      }
      boolean qualified = i + 2 < words.size() && words.get(i + 1).isSymbol('.');
      int last = qualified ? i + 2 : i;
      String first = words.get(i).name();
      TableName old = new TableName(qualified ? first : schema, words.get(last).name());
      TableName to = renames.table(old);
      out.append(tail, copied, words.get(i).start()).append(Sql.name(to.schema(), to.table()));
      copied = words.get(last).end();
      i = last;
    }
    return out.append(tail, copied, tail.length()).toString();
  }
}
