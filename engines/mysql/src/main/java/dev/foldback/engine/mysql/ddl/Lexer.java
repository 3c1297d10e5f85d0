package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement into tokens. It knows quotes, escapes and comments, so that nothing inside them
 * is taken for syntax, and no more: it never fails on a statement that a server printed.
 */
final class Lexer {
  private final String text;
  private final boolean ansiQuotes;
  private final boolean backslash;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int versioned;

  private Lexer(String text, String sqlMode) {
    this.text = text;
    this.ansiQuotes = sqlMode.contains("ANSI");
    this.backslash = !sqlMode.contains("NO_BACKSLASH_ESCAPES");
  }

  /** Tokens of a statement printed in Foldback's own session. */
  static List<Token> tokens(String text) {
    return tokens(text, "");
  }

  /**
   * @param sqlMode the mode that the statement was written under
   */
  static List<Token> tokens(String text, String sqlMode) {
    return new Lexer(text, sqlMode).run();
  }

  private List<Token> run() {
    while (at < text.length()) {
      int start = at;
      Token.Kind kind = next(text.charAt(at));
      tokens.add(new Token(kind, start, at, text.substring(start, at)));
    }
    return tokens;
  }

  private Token.Kind next(char c) {
    if (Character.isWhitespace(c)) {
      at = end(at, Character::isWhitespace);
      return Token.Kind.SPACE;
    }
    if (c == '`' || (c == '"' && ansiQuotes)) {
      quoted(c, false);
      return Token.Kind.NAME;
    }
    if (c == '\'' || c == '"') {
      quoted(c, backslash);
      return Token.Kind.STRING;
    }
    if (c == '#' || (text.startsWith("--", at) && dashesComment())) {
      int line = text.indexOf('\n', at);
      at = line < 0 ? text.length() : line;
      return Token.Kind.COMMENT;
    }
    if (text.startsWith("/*", at)) {
      return comment();
    }
    if (versioned > 0 && text.startsWith("*/", at)) {
      versioned--;
      at += 2;
      return Token.Kind.VERSIONED_CLOSE;
    }
    if (isWord(c)) {
      at = end(at, Lexer::isWord);
      return Token.Kind.WORD;
    }
    at++;
    return Token.Kind.SYMBOL;
  }

  /** Two dashes begin a comment only before a blank or the end. */
  private boolean dashesComment() {
    return at + 2 >= text.length() || text.charAt(at + 2) <= ' ';
  }

  private Token.Kind comment() {
    int mark = text.startsWith("/*!", at) ? at + 3 : text.startsWith("/*M!", at) ? at + 4 : -1;
    if (mark >= 0) {
      versioned++;
      at = end(mark, Character::isDigit);
      return Token.Kind.VERSIONED_OPEN;
    }
    int close = text.indexOf("*/", at + 2);
    at = close < 0 ? text.length() : close + 2;
    return Token.Kind.COMMENT;
  }

  private void quoted(char quote, boolean escapes) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && escapes) {
        at = Math.min(at + 2, text.length());
      } else if (c != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        at++;
        return;
      }
    }
  }

  private int end(int from, java.util.function.IntPredicate part) {
    int i = from;
    while (i < text.length() && part.test(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7F;
  }
}
