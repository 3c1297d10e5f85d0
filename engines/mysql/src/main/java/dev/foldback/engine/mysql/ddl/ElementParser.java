package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;

/** Tells what one line of a table's definition is. */
final class ElementParser {
  private ElementParser() {}

  static TableElement parse(List<Token> tokens) {
    String text = text(tokens);
    List<Token> words = tokens.stream().filter(Token::matters).toList();
    TableElement.Kind kind = kind(words);
    return new TableElement(
        kind,
        name(words),
        text,
        kind == TableElement.Kind.COLUMN ? List.of() : plainColumns(words));
  }

  private static String text(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    tokens.forEach(t -> text.append(t.text()));
    return text.toString().strip();
  }

  private static TableElement.Kind kind(List<Token> words) {
    int i = 0;
    if (words.get(0).kind() == Token.Kind.NAME) {
      return TableElement.Kind.COLUMN;
    }
    if (words.get(0).is("CONSTRAINT")) {
      i = words.get(1).kind() == Token.Kind.NAME ? 2 : 1;
    }
    return switch (words.get(i).text().toUpperCase(java.util.Locale.ROOT)) {
      case "PRIMARY" -> TableElement.Kind.PRIMARY;
      case "UNIQUE" -> TableElement.Kind.UNIQUE;
      case "KEY", "INDEX" -> TableElement.Kind.INDEX;
      case "FULLTEXT" -> TableElement.Kind.FULLTEXT;
      case "SPATIAL" -> TableElement.Kind.SPATIAL;
      case "VECTOR" -> TableElement.Kind.VECTOR;
      case "FOREIGN" -> TableElement.Kind.FOREIGN_KEY;
      case "CHECK" -> TableElement.Kind.CHECK;
      case "PERIOD" -> TableElement.Kind.PERIOD;
      default -> TableElement.Kind.COLUMN;
    };
  }

  private static String name(List<Token> words) {
    for (Token token : words) {
      if (token.kind() == Token.Kind.NAME) {
        return token.name();
      }
      if (token.isSymbol('(')) {
        return "";
      }
    }
    return "";
  }

  /** The columns in the first parentheses, or none where one is a prefix, a period or computed. */
  private static List<String> plainColumns(List<Token> words) {
    List<String> columns = new ArrayList<>();
    int open = 0;
    while (open < words.size() && !words.get(open).isSymbol('(')) {
      open++;
    }
    for (int i = open + 1; i < words.size(); i++) {
      Token token = words.get(i);
      if (token.isSymbol(')')) {
        return columns;
      }
      if (token.kind() == Token.Kind.NAME) {
        columns.add(token.name());
      } else if (!token.isSymbol(',') && !token.is("DESC") && !token.is("ASC")) {
        return List.of();
      }
    }
    return List.of();
  }
}
