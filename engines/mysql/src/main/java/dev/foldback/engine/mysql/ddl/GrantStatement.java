package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A GRANT or partial REVOKE of privileges as SHOW GRANTS prints it.
 *
 * @param privileges each with its columns, as printed
 * @param target what follows them up to the account: {@code ON …}
 * @param option {@code WITH GRANT OPTION} or nothing
 */
public record GrantStatement(List<String> privileges, String target, String option) {
  public GrantStatement {
    privileges = List.copyOf(privileges);
  }

  /** Empty where the statement grants a role or a proxy, or takes something away. */
  public static Optional<GrantStatement> parse(String sql) {
    List<Token> words = Lexer.tokens(sql).stream().filter(Token::matters).toList();
    int on = top(words, "ON", 1);
    int to = top(words, "TO", on);
    if (on < 0 || to < 0 || !words.getFirst().is("GRANT") || words.get(1).is("PROXY")) {
      return Optional.empty();
    }
    List<String> privileges = new ArrayList<>();
    int from = 1;
    int depth = 0;
    for (int i = 1; i <= on; i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      if (i == on || (depth == 0 && words.get(i).isSymbol(','))) {
        privileges.add(sql.substring(words.get(from).start(), words.get(i - 1).end()).strip());
        from = i + 1;
      }
    }
    return Optional.of(
        new GrantStatement(
            privileges,
            sql.substring(words.get(on).start(), words.get(to - 1).end()).strip(),
            top(words, "OPTION", to) < 0 ? "" : " WITH GRANT OPTION"));
  }

  /** The privilege without its columns, in upper case. */
  public static String name(String privilege) {
    int columns = privilege.indexOf('(');
    return (columns < 0 ? privilege : privilege.substring(0, columns))
        .strip()
        .toUpperCase(Locale.ROOT);
  }

  /** The table that it is on; empty where it is on a schema, a routine or more. */
  public Optional<TableName> table() {
    List<Token> words = Lexer.tokens(target).stream().filter(Token::matters).toList();
    boolean pair = words.size() == 4 && words.get(2).isSymbol('.');
    return pair && !words.get(3).isSymbol('*')
        ? Optional.of(new TableName(words.get(1).name(), words.get(3).name()))
        : Optional.empty();
  }

  /** Every column that a privilege names. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    for (String privilege : privileges) {
      int from = privilege.indexOf('(');
      if (from >= 0) {
        Lexer.tokens(privilege.substring(from)).stream()
            .filter(t -> t.kind() == Token.Kind.NAME || t.kind() == Token.Kind.WORD)
            .forEach(t -> columns.add(t.name()));
      }
    }
    return columns;
  }

  /** Whether it is about the whole server. */
  public boolean isGlobal() {
    return target.equals("ON *.*");
  }

  public String sql(String account) {
    return "GRANT " + String.join(", ", privileges) + " " + target + " TO " + account + option;
  }

  private static int top(List<Token> words, String word, int from) {
    int depth = 0;
    for (int i = Math.max(0, from); i < words.size(); i++) {
      depth += words.get(i).isSymbol('(') ? 1 : words.get(i).isSymbol(')') ? -1 : 0;
      if (depth == 0 && words.get(i).is(word)) {
        return i;
      }
    }
    return -1;
  }
}
