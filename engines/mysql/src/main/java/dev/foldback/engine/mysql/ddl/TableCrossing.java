package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A table's definition that one family printed, as the other reads the same meaning. MySQL prints
 * what is new inside comments that MariaDB skips in silence; MariaDB prints defaults without the
 * parentheses that MySQL asks for.
 */
public final class TableCrossing {
  private static final Set<String> LOBS =
      Set.of(
          "TINYTEXT",
          "TEXT",
          "MEDIUMTEXT",
          "LONGTEXT",
          "TINYBLOB",
          "BLOB",
          "MEDIUMBLOB",
          "LONGBLOB");

  private static final Set<String> AFTER_DEFAULT = Set.of("COMMENT", "CHECK", "ON", "INVISIBLE");

  private static final Set<String> MYSQL_OPTIONS = Set.of("COMPRESSION", "SECONDARY_ENGINE");

  private final TableStatement table;

  /**
   * @param definition what SHOW CREATE TABLE printed
   */
  public TableCrossing(String definition) {
    this.table = TableStatement.parse(definition);
  }

  /** Checks that are not enforced: MariaDB has only those that are. */
  public List<String> uncheckable() {
    return table.elements().stream()
        .filter(TableCrossing::isUnenforced)
        .map(TableElement::name)
        .toList();
  }

  private static boolean isUnenforced(TableElement element) {
    return element.kind() == TableElement.Kind.CHECK
        && new TableNeeds(element.text()).hasWords("NOT", "ENFORCED");
  }

  /** Generated columns that are NOT NULL, which MariaDB has no words for. */
  public List<String> neverNull() {
    return table.elements().stream()
        .filter(TableCrossing::isGenerated)
        .filter(e -> !withoutNotNull(e.text()).equals(e.text()))
        .map(TableElement::name)
        .toList();
  }

  /** Whether a generated column is in the primary key, which MariaDB refuses. */
  public boolean hasGeneratedPrimaryKey() {
    List<TableElement> elements = table.elements();
    List<String> generated =
        elements.stream().filter(TableCrossing::isGenerated).map(TableElement::name).toList();
    return elements.stream()
        .filter(e -> e.kind() == TableElement.Kind.PRIMARY)
        .anyMatch(e -> e.columns().stream().anyMatch(generated::contains));
  }

  /** Whether MariaDB keeps a unique key by a hash, as it does over values too long for an index. */
  public boolean hasHashedUniqueKey() {
    return table.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.UNIQUE)
        .anyMatch(e -> new TableNeeds(e.text()).hasWords("USING", "HASH"));
  }

  private static boolean isGenerated(TableElement element) {
    return element.kind() == TableElement.Kind.COLUMN
        && find(words(element.text()), 1, Set.of("GENERATED")) > 0;
  }

  private static List<Token> words(String text) {
    return Lexer.tokens(text).stream().filter(Token::matters).toList();
  }

  private static String withoutNotNull(String column) {
    List<Token> words = words(column);
    int at = find(words, 1, Set.of("NOT"));
    if (at < 0 || at + 1 >= words.size() || !words.get(at + 1).is("NULL")) {
      return column;
    }
    return column.substring(0, words.get(at).start()).stripTrailing()
        + column.substring(words.get(at + 1).end());
  }

  /** MySQL's definition for MariaDB; without its unenforced checks. */
  public String toMariaDb() {
    List<String> kept = new ArrayList<>();
    for (TableElement element : table.elements()) {
      if (!isUnenforced(element)) {
        String text = opened(element);
        kept.add(isGenerated(element) ? withoutNotNull(text) : text);
      }
    }
    return table.head()
        + "(\n  "
        + String.join(",\n  ", kept)
        + "\n)"
        + withoutOptions(table.tail(), MYSQL_OPTIONS);
  }

  /** Options of how MySQL stores a table, which MariaDB refuses; each with its value. */
  public List<String> storageOptions() {
    List<Token> words = words(table.tail());
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).isAny(MYSQL_OPTIONS) && words.get(i + 1).isSymbol('=')) {
        found.add(words.get(i).text() + "=" + words.get(i + 2).text());
      }
    }
    return found;
  }

  private static String withoutOptions(String tail, Set<String> options) {
    List<Token> words = words(tail);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + 2 < words.size(); i++) {
      if (words.get(i).isAny(options) && words.get(i + 1).isSymbol('=')) {
        out.append(tail, copied, words.get(i).start());
        copied = words.get(i + 2).end();
      }
    }
    return out.append(tail.substring(copied)).toString();
  }

  /** Whether a LIST partition takes what no other does, which MySQL has no words for. */
  public boolean hasDefaultPartition() {
    List<Token> words = words(table.tail());
    for (int i = 0; i + 2 < words.size(); i++) {
      boolean named = words.get(i).is("PARTITION") && words.get(i + 2).is("DEFAULT");
      boolean listed = words.get(i).is("VALUES") && words.get(i + 1).is("IN");
      if (named || (listed && words.get(i + 2).is("DEFAULT"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the table is in partitions. */
  public boolean isPartitioned() {
    return new TableNeeds(table.tail()).hasWords("PARTITION", "BY");
  }

  /** With what stood in comments for newer servers in the open. */
  private static String opened(TableElement element) {
    List<Token> tokens = Lexer.tokens(element.text());
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean hidden =
          token.kind() == Token.Kind.VERSIONED_OPEN
              && i + 3 < tokens.size()
              && tokens.get(i + 2).is("INVISIBLE");
      if (hidden) {
        out.append(element.kind() == TableElement.Kind.COLUMN ? "INVISIBLE" : "IGNORED");
        i = close(tokens, i);
      } else {
        boolean introduced =
            i + 1 < tokens.size() && Introducers.isNeedless(token, tokens.get(i + 1));
        if (!introduced) {
          out.append(token.is("GEOMCOLLECTION") ? "geometrycollection" : token.text());
        }
      }
    }
    return out.toString();
  }

  private static int close(List<Token> tokens, int from) {
    int i = from;
    while (i < tokens.size() - 1 && tokens.get(i).kind() != Token.Kind.VERSIONED_CLOSE) {
      i++;
    }
    return i;
  }

  /** MariaDB's definition for MySQL. */
  public String toMySql() {
    List<String> elements = new ArrayList<>();
    for (TableElement element : table.elements()) {
      elements.add(
          element.kind() == TableElement.Kind.COLUMN
              ? withParentheses(element.text())
              : element.kind().isSecondaryIndex()
                  ? replaced(element.text(), "IGNORED", "INVISIBLE")
                  : unnamed(element.text()));
    }
    return table.head() + "(\n  " + String.join(",\n  ", elements) + "\n)" + table.tail();
  }

  /** MariaDB's own names of checks repeat in every table; in MySQL a schema has each once. */
  private static String unnamed(String element) {
    return element.replaceFirst("^CONSTRAINT `CONSTRAINT_\\d+` (?=CHECK)", "");
  }

  private static String replaced(String text, String word, String by) {
    StringBuilder out = new StringBuilder();
    Lexer.tokens(text).forEach(t -> out.append(t.is(word) ? by : t.text()));
    return out.toString();
  }

  private static String withParentheses(String column) {
    List<Token> words = words(column);
    boolean lob = words.size() > 1 && words.get(1).isAny(LOBS);
    int at = find(words, 1, Set.of("DEFAULT"));
    if (at < 0 || at + 1 >= words.size() || !isExpression(words, at + 1, lob)) {
      return column;
    }
    int end = find(words, at + 2, AFTER_DEFAULT);
    int from = words.get(at + 1).start();
    int to = words.get((end < 0 ? words.size() : end) - 1).end();
    return column.substring(0, from)
        + "("
        + column.substring(from, to).strip()
        + ")"
        + (to < column.length() ? " " + column.substring(to).strip() : "");
  }

  private static boolean isExpression(List<Token> words, int at, boolean lob) {
    Token first = words.get(at);
    if (first.is("NULL") || first.is("CURRENT_TIMESTAMP")) {
      return false;
    }
    boolean called = at + 1 < words.size() && words.get(at + 1).isSymbol('(');
    return lob
        || called
        || first.isSymbol('(')
        || first.kind() == Token.Kind.NAME
        || (at + 1 < words.size() && !ends(words.get(at + 1)) && !isLiteral(words, at));
  }

  private static boolean ends(Token token) {
    return token.isAny(AFTER_DEFAULT);
  }

  /** A sign or a prefix such as {@code b'0'} and one token, or a number with a point. */
  private static boolean isLiteral(List<Token> words, int at) {
    int i = words.get(at).isSymbol('-') ? at + 1 : at;
    while (i < words.size() && !ends(words.get(i))) {
      boolean part =
          words.get(i).kind() == Token.Kind.STRING
              || words.get(i).kind() == Token.Kind.WORD
              || words.get(i).isSymbol('.')
              || words.get(i).isSymbol('-');
      if (!part) {
        return false;
      }
      i++;
    }
    return true;
  }

  /** The first of these words outside parentheses. */
  private static int find(List<Token> words, int from, Set<String> wanted) {
    int depth = 0;
    for (int i = from; i < words.size(); i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      if (depth == 0 && words.get(i).isAny(wanted)) {
        return i;
      }
    }
    return -1;
  }
}
