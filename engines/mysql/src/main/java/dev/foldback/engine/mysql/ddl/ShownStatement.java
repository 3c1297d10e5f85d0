package dev.foldback.engine.mysql.ddl;

import java.util.List;
import java.util.Set;

/**
 * A statement's text for people. A literal may be a password, its hash, or somebody's data; texts
 * that are parts of an account's name stay.
 */
public final class ShownStatement {
  private static final int LONGEST = 200;
  private static final String HIDDEN = "'…'";

  /** After these no text of an account's statement is a name. */
  private static final Set<String> BEFORE_SECRETS =
      Set.of("IDENTIFIED", "PASSWORD", "BY", "AS", "USING", "VIA", "OPTIONS", "AUTHENTICATION");

  private ShownStatement() {}

  /** Its beginning, on one line, without any literal. */
  public static String beginning(String sql, String sqlMode) {
    String text = withoutLiterals(sql, sqlMode).replaceAll("\\s+", " ").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** All of it, without any literal. */
  public static String withoutLiterals(String sql, String sqlMode) {
    List<Token> tokens = Lexer.tokens(sql, sqlMode);
    StringBuilder out = new StringBuilder();
    boolean secrets = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      secrets |= token.isAny(BEFORE_SECRETS);
      secrets &= !token.isSymbol(',');
      boolean name = !secrets && (isAt(tokens, i - 1) || isAt(tokens, i + 1));
      boolean hidden = token.kind() == Token.Kind.STRING && !name;
      boolean comment = token.kind() == Token.Kind.COMMENT;
      // Hashes are written as bare words too, 0x and hexadecimal digits.
      boolean number = token.kind() == Token.Kind.WORD && token.text().startsWith("0x");
      out.append(comment ? " " : hidden || number ? HIDDEN : token.text());
    }
    return out.toString();
  }

  private static boolean isAt(List<Token> tokens, int i) {
    return i >= 0 && i < tokens.size() && tokens.get(i).isSymbol('@');
  }
}
