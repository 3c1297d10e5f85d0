package dev.foldback.engine.mysql.ddl;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Which words of a statement stand where only a table can: after FROM, JOIN, INTO, UPDATE and
 * TABLE, and in the lists that these begin. One group of parentheses is looked at on its own, so
 * that FROM in {@code EXTRACT(YEAR FROM x)} or {@code FETCH FROM x} is told from that of a query.
 */
final class TablePositions {
  private static final Set<String> QUERY = Set.of("SELECT", "DELETE");
  private static final Set<String> JOINS = Set.of("JOIN", "STRAIGHT_JOIN", "REFERENCES");
  private static final Set<String> WRITES =
      Set.of("INSERT", "REPLACE", "IGNORE", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY");
  private static final Set<String> NOT_UPDATE = Set.of("KEY", "FOR", "ON", "BEFORE", "AFTER", "OR");
  private static final Set<String> END_OF_LIST =
      Set.of(
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "SET",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "WINDOW",
          "FOR",
          "INTO",
          "VALUES",
          "VALUE",
          "SELECT",
          "DO",
          "THEN",
          "BEGIN",
          "END");

  /** What a group of parentheses, or what is outside of them, has begun. */
  private static final class Group {
    boolean query;
    boolean list;

    Group(boolean list) {
      this.list = list;
    }
  }

  private final List<Token> words;
  private final BitSet positions = new BitSet();
  private final BitSet lists = new BitSet();
  private final Deque<Group> groups = new ArrayDeque<>();

  private TablePositions(List<Token> words) {
    this.words = words;
  }

  /**
   * @param words the tokens of the statement that matter
   */
  static TablePositions of(List<Token> words) {
    TablePositions found = new TablePositions(words);
    found.read();
    return found;
  }

  /** Whether a table's name, qualified or not, begins at this word. */
  boolean isTable(int word) {
    return positions.get(word);
  }

  /** Whether the word is in a list of tables at all, as names, aliases and conditions are. */
  boolean isInList(int word) {
    return lists.get(word);
  }

  private void read() {
    groups.push(new Group(false));
    boolean expected = false;
    for (int i = 0; i < words.size(); i++) {
      Token word = words.get(i);
      Group group = groups.element();
      lists.set(i, group.list);
      if (expected && isName(i)) {
        positions.set(i);
      }
      boolean opensList = expected && word.isSymbol('(');
      expected = false;
      if (word.isSymbol('(')) {
        groups.push(new Group(opensList));
        expected = opensList;
      } else if (word.isSymbol(')')) {
        if (groups.size() > 1) {
          groups.pop();
        }
      } else if (word.isSymbol(';')) {
        group.query = false;
        group.list = false;
      } else if (word.isSymbol(',')) {
        expected = group.list;
      } else {
        expected = keyword(i, group);
      }
    }
  }

  /** Whether a table follows this word. */
  private boolean keyword(int i, Group group) {
    Token word = words.get(i);
    if (word.kind() != Token.Kind.WORD) {
      return false;
    }
    if (word.isAny(QUERY)) {
      group.query = true;
      group.list = false;
      return false;
    }
    if (word.is("FROM") && group.query) {
      group.list = true;
      return true;
    }
    if (word.is("UPDATE") && (i == 0 || !words.get(i - 1).isAny(NOT_UPDATE))) {
      group.list = true;
      return true;
    }
    if (word.is("INTO")) {
      group.list = false;
      return i > 0 && words.get(i - 1).isAny(WRITES);
    }
    if (word.is("TABLE")) {
      return i > 0 && (words.get(i - 1).is("TRUNCATE") || words.get(i - 1).is("ANALYZE"));
    }
    if (word.isAny(WRITES)) {
      boolean function = i + 1 < words.size() && words.get(i + 1).isSymbol('(');
      return !function && (i == 0 || !words.get(i - 1).isSymbol('.'));
    }
    if (word.isAny(END_OF_LIST)) {
      group.list = false;
    }
    return word.isAny(JOINS);
  }

  private boolean isName(int i) {
    Token word = words.get(i);
    boolean keyword = word.isAny(WRITES) || word.is("INTO") || word.is("LATERAL");
    return word.kind() == Token.Kind.NAME || (word.kind() == Token.Kind.WORD && !keyword);
  }
}
