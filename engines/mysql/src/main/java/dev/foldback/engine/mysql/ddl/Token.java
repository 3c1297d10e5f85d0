package dev.foldback.engine.mysql.ddl;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of a statement. All pieces one after another are the statement.
 *
 * @param start where it begins
 * @param end where the next one begins
 * @param text as it stands in the statement
 */
record Token(Kind kind, int start, int end, String text) {
  enum Kind {
    /** Blanks and line ends. */
    SPACE,
    /** A comment that no server runs. */
    COMMENT,
    /** The start of a comment that some servers run, such as {@code /*!80016}. */
    VERSIONED_OPEN,
    /** Its end. */
    VERSIONED_CLOSE,
    /** A keyword, a bare name or a number. */
    WORD,
    /** A name in backticks, or in double quotes under ANSI_QUOTES. */
    NAME,
    /** A text literal. */
    STRING,
    /** Any other single character. */
    SYMBOL
  }

  boolean is(String word) {
    return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(word);
  }

  boolean isAny(Set<String> upperCase) {
    return kind == Kind.WORD && upperCase.contains(text.toUpperCase(Locale.ROOT));
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(0) == symbol;
  }

  boolean matters() {
    return kind != Kind.SPACE && kind != Kind.COMMENT;
  }

  /** A name, a word or a text without its quotes, as accounts are written. */
  String unquoted() {
    return kind == Kind.STRING ? text.substring(1, text.length() - 1) : name();
  }

  /** The name or bare word without its quotes. */
  String name() {
    if (kind != Kind.NAME) {
      return text;
    }
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }
}
