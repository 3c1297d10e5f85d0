package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What SHOW CREATE TABLE printed, in its parts: columns, keys and constraints between the outer
 * parentheses, and the options and partitions after them.
 */
public final class TableStatement {
  private final String head;
  private final List<TableElement> elements;
  private final String tail;

  private TableStatement(String head, List<TableElement> elements, String tail) {
    this.head = head;
    this.elements = List.copyOf(elements);
    this.tail = tail;
  }

  public static TableStatement parse(String definition) {
    List<Token> tokens = Lexer.tokens(definition);
    int open = 0;
    while (open < tokens.size() && !tokens.get(open).isSymbol('(')) {
      open++;
    }
    List<TableElement> elements = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    for (int i = open; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')') && --depth == 0) {
        elements.add(ElementParser.parse(tokens.subList(from, i)));
        return new TableStatement(
            definition.substring(0, tokens.get(open).start()),
            elements,
            definition.substring(token.end()));
      } else if (token.isSymbol(',') && depth == 1) {
        elements.add(ElementParser.parse(tokens.subList(from, i)));
        from = i + 1;
      }
    }
    throw new FoldbackException(
        ErrorCode.NOT_RESTORABLE,
        "a table's definition can't be read: " + definition,
        "Report this statement; exclude the table to restore the others.");
  }

  /** What stands before the first parenthesis. */
  String head() {
    return head;
  }

  List<TableElement> elements() {
    return elements;
  }

  /** The whole text of each column, in order. */
  public List<String> columns() {
    return elements.stream()
        .filter(e -> e.kind() == TableElement.Kind.COLUMN)
        .map(TableElement::text)
        .toList();
  }

  /**
   * The statement without the indexes that InnoDB makes by itself for foreign keys, named and built
   * as it does. It makes them again, and drops them again where another index comes to serve.
   */
  public String withoutOwnIndexes() {
    List<String> kept = new ArrayList<>();
    for (TableElement element : elements) {
      boolean own =
          element.kind() == TableElement.Kind.INDEX
              && elements.stream()
                  .filter(e -> e.kind() == TableElement.Kind.FOREIGN_KEY)
                  .anyMatch(
                      e ->
                          e.name().equals(element.name()) && e.columns().equals(element.columns()));
      if (!own) {
        kept.add(element.text());
      }
    }
    return head + "(" + String.join(", ", kept) + ")" + tail;
  }

  /**
   * The statement without the collations that columns have from the table. MySQL prints them, and
   * would take them for the column's own if they came back in a statement.
   */
  public String withInheritedCollations() {
    Optional<String> inherited = option("COLLATE");
    List<String> texts =
        elements.stream().map(e -> withoutCollation(e, inherited.orElse(""))).toList();
    return head + "(\n  " + String.join(",\n  ", texts) + "\n)" + tail;
  }

  private static String withoutCollation(TableElement element, String inherited) {
    if (element.kind() != TableElement.Kind.COLUMN || inherited.isEmpty()) {
      return element.text();
    }
    List<Token> words = Lexer.tokens(element.text()).stream().filter(Token::matters).toList();
    int depth = 0;
    for (int i = 1; i + 1 < words.size(); i++) {
      Token word = words.get(i);
      depth += word.isSymbol('(') ? 1 : word.isSymbol(')') ? -1 : 0;
      if (depth == 0 && word.is("SET") && words.get(i - 1).is("CHARACTER")) {
        return element.text();
      }
      if (depth == 0 && word.is("COLLATE") && words.get(i + 1).text().equals(inherited)) {
        return element.text().substring(0, word.start()).stripTrailing()
            + element.text().substring(words.get(i + 1).end());
      }
    }
    return element.text();
  }

  /** What follows the last parenthesis: engine, options, partitions. */
  String tail() {
    return tail;
  }

  /** The value of a table option such as {@code ENGINE}. */
  public Optional<String> option(String name) {
    List<Token> tokens = Lexer.tokens(tail).stream().filter(Token::matters).toList();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is(name) && tokens.get(i + 1).isSymbol('=')) {
        return Optional.of(tokens.get(i + 2).text());
      }
    }
    return Optional.empty();
  }

  /** The tables that foreign keys point to; the schema is empty where it is the table's own. */
  public List<String[]> references() {
    List<String[]> names = new ArrayList<>();
    for (TableElement element : elements) {
      if (element.kind() == TableElement.Kind.FOREIGN_KEY) {
        names.add(ForeignKeys.referenced(element.text()));
      }
    }
    return names;
  }

  /** Whether an index has an expression for a part: it is printed in parentheses of its own. */
  public boolean hasComputedIndex() {
    return elements.stream()
        .filter(e -> e.kind().isSecondaryIndex())
        .map(e -> Lexer.tokens(e.text()).stream().filter(Token::matters).toList())
        .anyMatch(TableStatement::opensTwice);
  }

  private static boolean opensTwice(List<Token> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean begins = words.get(i).isSymbol('(') || words.get(i).isSymbol(',');
      if (begins && words.get(i + 1).isSymbol('(')) {
        return true;
      }
    }
    return false;
  }
}
