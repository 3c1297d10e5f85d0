package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;

/** Quoted names of the form {@code `schema`.`name`} in a statement, given their new names. */
public final class QualifiedNames {
  private QualifiedNames() {}

  /**
   * @param sqlMode that the statement was written under
   */
  public static String rename(String sql, String sqlMode, Renames renames) {
    if (renames.isEmpty()) {
      return sql;
    }
    List<Token> words = Lexer.tokens(sql, sqlMode).stream().filter(Token::matters).toList();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + 2 < words.size(); i++) {
      if (isWholeSchema(words, i)) {
        String old = words.get(i).name().replace("\\_", "_").replace("\\%", "%");
        String renamed = renames.schema(old);
        if (!renamed.equals(old)) {
          out.append(sql, copied, words.get(i).start());
          out.append(Sql.name(renamed.replace("_", "\\_").replace("%", "\\%")));
          copied = words.get(i).end();
        }
        continue;
      }
      if (!isPair(words, i)) {
        continue;
      }
      TableName old = new TableName(words.get(i).name(), words.get(i + 2).name());
      TableName renamed = renames.table(old);
      if (!renamed.equals(old)) {
        out.append(sql, copied, words.get(i).start());
        out.append(Sql.name(renamed.schema(), renamed.table()));
        copied = words.get(i + 2).end();
      }
      i += 2;
    }
    return out.append(sql, copied, sql.length()).toString();
  }

  /** {@code `schema`.*}, as in grants, where the name is a pattern. */
  private static boolean isWholeSchema(List<Token> words, int i) {
    return words.get(i).kind() == Token.Kind.NAME
        && words.get(i + 1).isSymbol('.')
        && words.get(i + 2).isSymbol('*')
        && i > 0
        && words.get(i - 1).is("ON");
  }

  private static boolean isPair(List<Token> words, int i) {
    return words.get(i).kind() == Token.Kind.NAME
        && words.get(i + 1).isSymbol('.')
        && words.get(i + 2).kind() == Token.Kind.NAME
        && (i == 0 || !words.get(i - 1).isSymbol('.'));
  }
}
