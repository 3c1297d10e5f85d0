package dev.foldback.engine.mysql.ddl;

import java.util.List;

/** Whether a column is declared NOT NULL, apart from what its CHECK or default may say. */
final class NotNull {
  private NotNull() {}

  static boolean in(List<Token> tokens) {
    int depth = 0;
    boolean not = false;
    for (Token token : tokens) {
      if (!token.matters()) {
        continue;
      }
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      }
      if (depth == 0 && not && token.is("NULL")) {
        return true;
      }
      not = token.is("NOT");
    }
    return false;
  }
}
