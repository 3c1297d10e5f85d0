package dev.foldback.engine.mysql.ddl;

import java.util.List;

/**
 * One line of a table's definition.
 *
 * @param name of the column, index or constraint; empty where it has none
 * @param text as printed, without the comma after it
 * @param columns of a key, where all of them are plain whole columns; otherwise empty
 */
record TableElement(Kind kind, String name, String text, List<String> columns) {
  TableElement {
    columns = List.copyOf(columns);
  }

  enum Kind {
    COLUMN,
    PRIMARY,
    UNIQUE,
    INDEX,
    FULLTEXT,
    SPATIAL,
    VECTOR,
    FOREIGN_KEY,
    CHECK,
    PERIOD;

    boolean isSecondaryIndex() {
      return switch (this) {
        case UNIQUE, INDEX, FULLTEXT, SPATIAL, VECTOR -> true;
        case COLUMN, PRIMARY, FOREIGN_KEY, CHECK, PERIOD -> false;
      };
    }
  }

  /** Whether the text has this keyword outside quotes, names and comments. */
  boolean hasWord(String word) {
    return Lexer.tokens(text).stream().anyMatch(t -> t.is(word));
  }
}
