package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives the tables and routines that a program names their new names. Only words that can be
 * nothing else are changed; texts and comments never are. What may mean something renamed and can't
 * be told is listed.
 */
public final class NameRewriter {
  private static final Set<String> SEQUENCE_CALLS = Set.of("NEXTVAL", "LASTVAL", "SETVAL");

  private final Renames renames;
  private final Set<TableName> tables;
  private final Set<TableName> routines;

  /**
   * A program under its new names.
   *
   * @param left what was not changed though it may have to be, in words
   */
  public record Rewritten(String sql, List<String> left) {}

  /**
   * @param tables every table, view and sequence of the snapshot, under its old name
   * @param routines every function and procedure
   */
  public NameRewriter(Renames renames, Set<TableName> tables, Set<TableName> routines) {
    this.renames = renames;
    this.tables = folded(tables);
    this.routines = folded(routines);
  }

  private Set<TableName> folded(Set<TableName> names) {
    return names.stream().map(renames::folded).collect(Collectors.toUnmodifiableSet());
  }

  private boolean isTable(TableName name) {
    return tables.contains(renames.folded(name));
  }

  /**
   * @param sqlMode that the program was written under
   * @param from the schema in which its unqualified names were looked up
   * @param to the one in which they will be
   */
  public Rewritten rewrite(String sql, String sqlMode, String from, String to) {
    return new Run(sql, sqlMode, from, to).run();
  }

  private final class Run {
    private final String sql;
    private final String from;
    private final String to;
    private final List<Token> words;
    private final TablePositions positions;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> left = new TreeSet<>();
    private int copied;

    Run(String sql, String sqlMode, String from, String to) {
      this.sql = sql;
      this.from = from;
      this.to = to;
      this.words = Lexer.tokens(sql, sqlMode).stream().filter(Token::matters).toList();
      this.positions = TablePositions.of(words);
    }

    Rewritten run() {
      int i = 0;
      while (i < words.size()) {
        Token word = words.get(i);
        if (word.kind() == Token.Kind.STRING) {
          text(word);
        }
        if (!isName(i) || (i > 0 && (words.get(i - 1).isSymbol('.') || isVariable(i)))) {
          i++;
        } else if (isPart(i + 1)) {
          i = qualified(i);
        } else {
          unqualified(i);
          i++;
        }
      }
      out.append(sql, copied, sql.length());
      return new Rewritten(out.toString(), new ArrayList<>(left));
    }

    /** {@code TRIGGER … ON table FOR EACH ROW}. */
    private boolean isTriggersTable(int i) {
      return i > 0
          && words.get(i - 1).is("ON")
          && i + 4 < words.size()
          && words.get(i + 3).is("FOR")
          && words.get(i + 4).is("EACH");
    }

    /** The words from {@code a.b} on, where the next one to look at is. */
    private int qualified(int i) {
      String first = words.get(i).name();
      String second = words.get(i + 2).name();
      boolean three = isPart(i + 3);
      TableName name = new TableName(first, second);
      Token before = words.get(Math.max(0, i - 1));
      if (positions.isTable(i) || three || before.is("VIEW") || isTriggersTable(i)) {
        replace(i, i + 2, renames.table(name), name);
        return i + 3;
      }
      boolean call = i + 3 < words.size() && words.get(i + 3).isSymbol('(');
      if (call || before.is("CALL") || before.isAny(HEADS)) {
        replace(i, i + 2, new TableName(renames.schema(first), second), name);
      } else if (isSequenceCall(i)) {
        replace(i, i + 2, renames.table(name), name);
      } else if (isTable(new TableName(from, first)) && !isAlias(first)) {
        columnOf(i, new TableName(from, first));
      } else if (isTable(name) && !renames.table(name).equals(name)) {
        left.add("the name " + name);
      }
      return i + 3;
    }

    /** {@code table.column}, where the table's name is written without its schema. */
    private void columnOf(int i, TableName table) {
      TableName target = renames.table(table);
      if (target.schema().equals(to) && target.table().equals(table.table())) {
        return;
      }
      if (isPlain(table.table())) {
        write(i, i, target);
      }
    }

    private void unqualified(int i) {
      Token word = words.get(i);
      TableName table = new TableName(from, word.name());
      if (positions.isTable(i) || isSequenceCall(i)) {
        TableName target = renames.table(table);
        boolean same = target.schema().equals(to) && target.table().equals(table.table());
        if (!isTable(table) || same) {
          return;
        }
        if (isPlain(table.table())) {
          write(i, i, target);
        } else {
          left.add("the name " + word.name() + ", which also stands for something else");
        }
        return;
      }
      boolean call = i + 1 < words.size() && words.get(i + 1).isSymbol('(');
      boolean called = call || (i > 0 && words.get(i - 1).is("CALL"));
      boolean moved = !renames.schema(from).equals(to);
      if (called
          && moved
          && i > 0
          && routines.contains(renames.folded(table))
          && !words.get(i - 1).isAny(HEADS)) {
        write(i, i, new TableName(renames.schema(from), word.name()));
      }
    }

    /** Not the name of a query of its own, of a temporary table, or in the list of a DELETE. */
    private boolean isPlain(String name) {
      for (int i = 0; i < words.size(); i++) {
        Token word = words.get(i);
        boolean bare = isName(i) && word.name().equals(name) && !isPart(i + 1);
        if (!bare || positions.isTable(i) || (i > 0 && words.get(i - 1).isSymbol('.'))) {
          continue;
        }
        Token before = words.get(Math.max(0, i - 1));
        boolean query = i + 1 < words.size() && words.get(i + 1).is("AS");
        boolean made = before.is("TABLE") || before.is("EXISTS");
        boolean deleted = before.is("DELETE") || before.is("WITH") || before.is("RECURSIVE");
        if ((query && opensAfterAs(i)) || made || deleted || before.is("DECLARE")) {
          return false;
        }
        if (isAliasAt(i)) {
          return false;
        }
      }
      return true;
    }

    private boolean opensAfterAs(int i) {
      return i + 2 < words.size() && words.get(i + 2).isSymbol('(');
    }

    private boolean isAlias(String name) {
      for (int i = 1; i < words.size(); i++) {
        if (isName(i) && words.get(i).name().equals(name) && isAliasAt(i)) {
          return true;
        }
      }
      return false;
    }

    /** After a table, a query in parentheses, or AS, in a list of tables. */
    private boolean isAliasAt(int i) {
      if (i == 0 || !positions.isInList(i) || positions.isTable(i) || isPart(i + 1)) {
        return false;
      }
      Token before = words.get(i - 1);
      return before.is("AS")
          || before.isSymbol(')')
          || before.kind() == Token.Kind.NAME
          || positions.isTable(i - 1)
          || (i > 2 && positions.isTable(i - 3) && words.get(i - 2).isSymbol('.'));
    }

    /** Texts are left as they are; one that names what is renamed may be a statement. */
    private void text(Token word) {
      String text = word.text();
      for (String schema : renames.schemas().keySet()) {
        if (!renames.schema(schema).equals(schema)
            && pattern(Pattern.quote(schema) + "`?\\s*\\.").matcher(text).find()) {
          left.add("a text that names the schema " + schema);
        }
      }
      for (TableName table : renames.tables().keySet()) {
        if (STATEMENT.matcher(text).find() && isMisnamed(text, table)) {
          left.add("a text that names the table " + table);
        }
      }
    }

    /** One that keeps its name may still be written in a case that the target does not know. */
    private boolean isMisnamed(String text, TableName table) {
      TableName target = renames.table(table);
      return pattern(Pattern.quote(table.table()) + "\\b")
          .matcher(text)
          .results()
          .anyMatch(found -> !target.equals(table) || !found.group().equals(target.table()));
    }

    private Pattern pattern(String name) {
      return Pattern.compile("\\b" + name, renames.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
    }

    private void replace(int first, int last, TableName target, TableName was) {
      if (!target.equals(was)) {
        out.append(sql, copied, words.get(first).start());
        out.append(Sql.name(target.schema(), target.table()));
        copied = words.get(last).end();
      }
    }

    private void write(int first, int last, TableName target) {
      out.append(sql, copied, words.get(first).start());
      out.append(
          target.schema().equals(to)
              ? Sql.name(target.table())
              : Sql.name(target.schema(), target.table()));
      copied = words.get(last).end();
    }

    /** {@code nextval(x} or {@code VALUE FOR x}. */
    private boolean isSequenceCall(int i) {
      if (i < 2) {
        return false;
      }
      Token before = words.get(i - 1);
      Token one = words.get(i - 2);
      return (before.isSymbol('(') && one.isAny(SEQUENCE_CALLS))
          || (before.is("FOR") && one.is("VALUE"));
    }

    private boolean isVariable(int i) {
      return words.get(i - 1).isSymbol('@');
    }

    private boolean isName(int i) {
      Token.Kind kind = words.get(i).kind();
      return kind == Token.Kind.NAME || kind == Token.Kind.WORD;
    }

    /** Whether {@code .name} begins at this word. */
    private boolean isPart(int i) {
      return i + 1 < words.size() && words.get(i).isSymbol('.') && isName(i + 1);
    }
  }

  private static final Set<String> HEADS =
      Set.of("FUNCTION", "PROCEDURE", "TRIGGER", "EVENT", "EXISTS", "FOLLOWS", "PRECEDES");

  private static final Pattern STATEMENT =
      Pattern.compile("\\b(FROM|JOIN|INTO|UPDATE|TABLE|CALL)\\b", Pattern.CASE_INSENSITIVE);
}
