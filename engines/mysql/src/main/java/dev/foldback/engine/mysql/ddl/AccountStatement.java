package dev.foldback.engine.mysql.ddl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What SHOW CREATE USER printed, in its parts, so that the other family can be told the same.
 *
 * @param name as it is quoted in the statement
 * @param methods how the account proves itself; none where it needs no password
 * @param clauses the rest, one clause each: TLS, limits, expiry, locking and so on
 */
public record AccountStatement(String name, List<Method> methods, List<String> clauses) {
  /** Begin a clause, unless the word before says otherwise. */
  private static final Set<String> STARTS =
      Set.of(
          "IDENTIFIED",
          "REQUIRE",
          "WITH",
          "PASSWORD",
          "ACCOUNT",
          "FAILED_LOGIN_ATTEMPTS",
          "PASSWORD_LOCK_TIME",
          "ATTRIBUTE",
          "COMMENT",
          "AND");

  /**
   * One way to prove to be the account.
   *
   * @param plugin that judges it
   * @param secret what the server keeps for it; empty where there is nothing
   */
  public record Method(String plugin, String secret) {
    @Override
    public String toString() {
      return plugin;
    }
  }

  public AccountStatement {
    methods = List.copyOf(methods);
    clauses = List.copyOf(clauses);
  }

  /** Reads either family's statement. */
  public static AccountStatement parse(String definition) {
    List<Token> words = Lexer.tokens(definition).stream().filter(Token::matters).toList();
    int at = words.size() > 4 && words.get(3).isSymbol('@') ? 5 : 3;
    String name = text(definition, words, Math.min(2, words.size()), at);
    List<Method> methods = new ArrayList<>();
    List<String> clauses = new ArrayList<>();
    while (at < words.size()) {
      int end = at + 1;
      while (end < words.size() && !begins(words, end)) {
        end++;
      }
      if (words.get(at).is("IDENTIFIED")) {
        methods.addAll(methods(words.subList(at, end)));
      } else {
        clauses.add(text(definition, words, at, end));
      }
      at = end;
    }
    return new AccountStatement(name, methods, clauses);
  }

  private static boolean begins(List<Token> words, int at) {
    Token before = words.get(at - 1);
    if (!words.get(at).isAny(STARTS)) {
      return false;
    }
    if (words.get(at).is("WITH") || words.get(at).is("PASSWORD")) {
      return !before.is("IDENTIFIED") && !before.is("BY");
    }
    if (words.get(at).is("REQUIRE")) {
      return !before.is("PASSWORD");
    }
    // Conditions of REQUIRE are joined by AND in older versions.
    return !words.get(at).is("AND")
        || (at + 1 < words.size() && words.get(at + 1).is("IDENTIFIED"));
  }

  /** {@code IDENTIFIED BY PASSWORD 'x'}, {@code WITH p AS 'x'}, {@code VIA p USING 'x' OR q …}. */
  private static List<Method> methods(List<Token> words) {
    List<Method> methods = new ArrayList<>();
    String plugin = "";
    String secret = "";
    for (int i = 1; i < words.size(); i++) {
      Token word = words.get(i);
      Token before = words.get(i - 1);
      if (word.is("OR")) {
        methods.add(new Method(plugin, secret));
        secret = "";
      } else if (before.is("BY") && word.is("PASSWORD")) {
        plugin = "mysql_native_password";
      } else if (before.is("VIA") || before.is("WITH") || before.is("OR")) {
        plugin = word.unquoted();
      } else if (before.is("AS") || before.is("USING") || before.is("PASSWORD")) {
        secret = value(word);
      }
    }
    methods.add(new Method(plugin, secret));
    return methods;
  }

  private static String value(Token literal) {
    String text = literal.text();
    if (text.startsWith("0x")) {
      byte[] bytes = HexFormat.of().parseHex(text.substring(2));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return literal.unquoted().replace("''", "'").replace("\\\\", "\\");
  }

  private static String text(String sql, List<Token> words, int from, int to) {
    return from >= to || to > words.size()
        ? ""
        : sql.substring(words.get(from).start(), words.get(to - 1).end()).strip();
  }

  /** Whether the clause says what holds without it. */
  public static boolean isDefault(String clause) {
    String upper = clause.toUpperCase(Locale.ROOT);
    return upper.equals("REQUIRE NONE") || upper.endsWith(" DEFAULT");
  }

  /** The statement for MySQL; secrets as hexadecimal, so that every byte arrives. */
  public String forMySql() {
    return "CREATE USER "
        + name
        + methods.stream()
            .map(m -> "IDENTIFIED WITH '" + m.plugin() + "'" + hex(m.secret()))
            .collect(Collectors.joining(" AND ", methods.isEmpty() ? "" : " ", ""))
        + rest();
  }

  private static String hex(String secret) {
    return secret.isEmpty()
        ? ""
        : " AS 0x" + HexFormat.of().formatHex(secret.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The statement for MariaDB. */
  public String forMariaDb() {
    return "CREATE USER "
        + name
        + methods.stream()
            .map(m -> m.plugin() + quoted(m.secret()))
            .collect(Collectors.joining(" OR ", methods.isEmpty() ? "" : " IDENTIFIED VIA ", ""))
        + rest();
  }

  private static String quoted(String secret) {
    return secret.isEmpty()
        ? ""
        : " USING '" + secret.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private String rest() {
    return clauses.stream().map(c -> " " + c).collect(Collectors.joining());
  }
}
