package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a definition asks of the server: engines, character sets, collations, parsers. */
public final class TableNeeds {
  private final List<Token> words;

  public TableNeeds(String definition) {
    this(definition, "");
  }

  /**
   * @param sqlMode that the statement was written under
   */
  public TableNeeds(String definition, String sqlMode) {
    this.words = Lexer.tokens(definition, sqlMode).stream().filter(Token::matters).toList();
  }

  /** The value of an option of the table, without quotes. */
  public Optional<String> option(String name) {
    for (int i = 0; i + 2 < words.size(); i++) {
      boolean named =
          words.get(i).kind() == Token.Kind.NAME
              ? words.get(i).name().equalsIgnoreCase(name)
              : words.get(i).is(name);
      if (named && words.get(i + 1).isSymbol('=')) {
        return Optional.of(words.get(i + 2).unquoted());
      }
    }
    return Optional.empty();
  }

  public Set<String> engines() {
    return after("ENGINE");
  }

  public Set<String> collations() {
    return after("COLLATE");
  }

  /** Of FULLTEXT indexes; MySQL prints them inside a comment that only it reads. */
  public Set<String> parsers() {
    Set<String> parsers = new TreeSet<>();
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).is("WITH") && words.get(i + 1).is("PARSER")) {
        parsers.add(words.get(i + 2).name());
      }
    }
    return parsers;
  }

  /** Of DATA DIRECTORY and INDEX DIRECTORY, those of partitions too. */
  public Set<String> folders() {
    Set<String> folders = new TreeSet<>();
    for (int i = 1; i + 2 < words.size(); i++) {
      if (words.get(i).is("DIRECTORY") && words.get(i + 1).isSymbol('=')) {
        folders.add(words.get(i + 2).unquoted());
      }
    }
    return folders;
  }

  /** Whether these two words stand one after the other, outside names, texts and comments. */
  public boolean hasWords(String first, String second) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).is(first)
          && (words.get(i + 1).is(second) || words.get(i + 1).text().equals(second))) {
        return true;
      }
    }
    return false;
  }

  /** Column types that only one family has, as they are written. */
  public List<String> types(Set<String> wanted) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      Token type = words.get(i + 1);
      if (words.get(i).kind() == Token.Kind.NAME
          && type.kind() == Token.Kind.WORD
          && wanted.contains(type.text().toLowerCase(Locale.ROOT))) {
        found.add(words.get(i).name() + " " + type.text());
      }
    }
    return found;
  }

  private Set<String> after(String word) {
    Set<String> found = new TreeSet<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).is(word)) {
        Token next = words.get(i + 1);
        Token value = next.isSymbol('=') && i + 2 < words.size() ? words.get(i + 2) : next;
        if (value.kind() == Token.Kind.WORD || value.kind() == Token.Kind.NAME) {
          found.add(value.name());
        }
      }
    }
    return found;
  }
}
