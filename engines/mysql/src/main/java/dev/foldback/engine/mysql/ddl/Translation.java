package dev.foldback.engine.mysql.ddl;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A definition that one family printed, written for the other. Only what keeps its meaning is
 * changed; the rest is left for the server to refuse, and the plan names it before.
 */
public final class Translation {
  private final UnaryOperator<String> crossing;
  private final Set<String> collations;

  private Translation(UnaryOperator<String> crossing, Set<String> collations) {
    this.crossing = crossing;
    this.collations = Set.copyOf(collations);
  }

  /**
   * @param from {@code mysql} or {@code mariadb}
   * @param to the same
   * @param collations that the target knows
   */
  public static Translation of(String from, String to, Set<String> collations) {
    UnaryOperator<String> crossing =
        from.equals(to)
            ? to.equals("mysql")
                ? sql -> TableStatement.parse(sql).withInheritedCollations()
                : UnaryOperator.identity()
            : to.equals("mariadb")
                ? sql -> new TableCrossing(sql).toMariaDb()
                : sql -> new TableCrossing(sql).toMySql();
    return new Translation(crossing, collations);
  }

  /** A table's definition. */
  public String table(String definition) {
    return collations(crossing.apply(definition), "");
  }

  /**
   * Collations that the target lacks become the nearest that it has.
   *
   * @param sqlMode that the statement was written under
   */
  public String collations(String definition, String sqlMode) {
    return replaced(definition, sqlMode, this::nearest);
  }

  /** The collation itself, or the nearest on the target, or itself where there is none. */
  public String nearest(String collation) {
    if (collations.contains(collation)) {
      return collation;
    }
    for (String other : Collations.near(collation)) {
      if (collations.contains(other)) {
        return other;
      }
    }
    return collation;
  }

  private static String replaced(String sql, String sqlMode, UnaryOperator<String> collation) {
    StringBuilder out = new StringBuilder();
    boolean expected = false;
    for (Token token : Lexer.tokens(sql, sqlMode)) {
      boolean name = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NAME;
      out.append(expected && name ? collation.apply(token.name()) : token.text());
      if (token.matters() && !token.isSymbol('=')) {
        expected = token.is("COLLATE");
      }
    }
    return out.toString();
  }
}
