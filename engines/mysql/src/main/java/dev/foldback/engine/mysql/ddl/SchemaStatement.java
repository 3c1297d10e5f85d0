package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;

/** Statements that differ from what SHOW CREATE printed only in the name after their keyword. */
public final class SchemaStatement {
  private SchemaStatement() {}

  /** CREATE DATABASE under a name that may exist already. */
  public static String ifAbsent(String definition, String name) {
    List<Token> tokens = Lexer.tokens(definition);
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.NAME) {
        return "CREATE DATABASE IF NOT EXISTS "
            + Sql.name(name)
            + definition.substring(token.end());
      }
    }
    return "CREATE DATABASE IF NOT EXISTS " + Sql.name(name);
  }

  /** ALTER DATABASE with what CREATE DATABASE says; that must say something besides the name. */
  public static String altered(String definition, String name) {
    return ifAbsent(definition, name)
        .replaceFirst("^CREATE DATABASE IF NOT EXISTS", "ALTER DATABASE");
  }

  /** Whether CREATE DATABASE gives a comment, which only MariaDB knows. */
  public static boolean hasComment(String definition) {
    return Lexer.tokens(definition).stream().anyMatch(token -> token.is("COMMENT"));
  }

  /** CREATE DATABASE without the comment, with which it ends. */
  public static String withoutComment(String definition) {
    return Lexer.tokens(definition).stream()
        .filter(token -> token.is("COMMENT"))
        .findFirst()
        .map(comment -> definition.substring(0, comment.start()).stripTrailing())
        .orElse(definition);
  }

  /**
   * The definition with another name.
   *
   * @param keyword after which the name stands, qualified or not
   */
  public static String named(String definition, String keyword, TableName name) {
    List<Token> words = Lexer.tokens(definition).stream().filter(Token::matters).toList();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).is(keyword)) {
        boolean qualified = i + 3 < words.size() && words.get(i + 2).isSymbol('.');
        Token last = words.get(qualified ? i + 3 : i + 1);
        return definition.substring(0, words.get(i + 1).start())
            + Sql.name(name.schema(), name.table())
            + definition.substring(last.end());
      }
    }
    return definition;
  }
}
