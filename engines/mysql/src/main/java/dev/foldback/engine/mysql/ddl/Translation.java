package dev.foldback.engine.mysql.ddl;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A definition that one family printed, written for the other. Only what keeps its meaning is
 * changed; the rest is left for the server to refuse, and the plan names it before.
 */
public final class Translation {
  private final Set<String> collations;

  /**
   * @param collations that the target knows
   */
  public Translation(Set<String> collations) {
    this.collations = collations;
  }

  /** Collations that the target lacks become the nearest that it has. */
  public String collations(String definition) {
    return replaced(definition, this::nearest);
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

  private static String replaced(String sql, UnaryOperator<String> collation) {
    StringBuilder out = new StringBuilder();
    boolean expected = false;
    for (Token token : Lexer.tokens(sql)) {
      boolean name = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NAME;
      out.append(expected && name ? collation.apply(token.name()) : token.text());
      if (token.matters() && !token.isSymbol('=')) {
        expected = token.is("COLLATE");
      }
    }
    return out.toString();
  }
}
