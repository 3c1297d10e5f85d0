package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A statement of the log made to run on copies in other schemas. Only names of schemas change:
 * those of the objects that it is about, and in views those of what they read. Bodies of routines,
 * triggers and events stay as they are, since no server looks into them when it creates one.
 */
public final class StagedStatement {
  private static final Set<String> BEFORE_A_NAME =
      Set.of(
          "PROCEDURE",
          "FUNCTION",
          "TRIGGER",
          "EVENT",
          "PACKAGE",
          "BODY",
          "LIBRARY",
          "EXISTS",
          "ON",
          "TO",
          "FOLLOWS",
          "PRECEDES");
  private static final Set<String> BODY =
      Set.of("BEGIN", "RETURN", "DO", "EACH", "RETURNS", "COMMENT", "SQL", "LANGUAGE");

  private final Renames renames;
  private final NameRewriter views;

  /**
   * @param renames of schemas alone
   * @param tables every table, view and sequence that a view may read
   */
  public StagedStatement(Renames renames, Set<TableName> tables, Set<TableName> routines) {
    this.renames = renames;
    this.views = new NameRewriter(renames, tables, routines);
  }

  /**
   * @param schema the default schema that it ran in
   */
  public String rewrite(String sql, String sqlMode, String schema, DdlStatement.Kind kind) {
    List<Token> words = DdlParser.words(sql, sqlMode);
    return switch (kind) {
      case CREATE_SCHEMA, ALTER_SCHEMA, DROP_SCHEMA -> schemaName(sql, words, schema);
      case PROGRAM ->
          isView(words)
              ? views.rewrite(sql, sqlMode, schema, renames.schema(schema)).sql()
              : pairs(sql, words, true);
      case CREATE_TABLE -> pairs(withoutTransaction(sql, words), words, false);
      default -> pairs(sql, words, false);
    };
  }

  /**
   * CREATE TABLE … SELECT is logged as this and rows; the words that tie the two are MySQL's own.
   */
  private static String withoutTransaction(String sql, List<Token> words) {
    int last = words.size() - 1;
    boolean tied = last > 1 && words.get(last - 1).is("START") && words.get(last).is("TRANSACTION");
    return tied ? sql.substring(0, words.get(last - 1).start()).stripTrailing() : sql;
  }

  private static boolean isView(List<Token> words) {
    boolean made = words.get(0).is("CREATE") || words.get(0).is("ALTER");
    for (Token word : words) {
      if (word.is("VIEW")) {
        return made;
      }
      if (word.isAny(BEFORE_A_NAME) || word.is("AS")) {
        return false;
      }
    }
    return false;
  }

  /** Schemas of {@code schema.name}; in the head alone, or everywhere. */
  private String pairs(String sql, List<Token> words, boolean head) {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    boolean inHead = head && !words.get(0).is("DROP");
    for (int i = 1; i + 2 < words.size(); i++) {
      Token word = words.get(i);
      if (inHead && word.isAny(BODY)) {
        break;
      }
      boolean named = !inHead || words.get(i - 1).isAny(BEFORE_A_NAME);
      if (!named || !isPair(words, i)) {
        continue;
      }
      String renamed = renames.schema(word.name());
      if (!renamed.equals(word.name())) {
        out.append(sql, copied, word.start()).append(Sql.name(renamed));
        // What was a bare word may have to be quoted now that the other is.
        copied = word.end();
        out.append(sql, copied, words.get(i + 2).start());
        out.append(Sql.name(words.get(i + 2).name()));
        copied = words.get(i + 2).end();
      }
      i += 2;
    }
    return out.append(sql, copied, sql.length()).toString();
  }

  private static boolean isPair(List<Token> words, int i) {
    return isName(words.get(i))
        && words.get(i + 1).isSymbol('.')
        && isName(words.get(i + 2))
        && !words.get(i - 1).isSymbol('.')
        && !words.get(i - 1).isSymbol('@');
  }

  private static boolean isName(Token word) {
    return word.kind() == Token.Kind.NAME || word.kind() == Token.Kind.WORD;
  }

  private String schemaName(String sql, List<Token> words, String schema) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).is("DATABASE") || words.get(i).is("SCHEMA")) {
        int name = i + 1;
        while (name < words.size() && words.get(name).isAny(Set.of("IF", "NOT", "EXISTS"))) {
          name++;
        }
        boolean written = name < words.size() && isName(words.get(name)) && !isOption(words, name);
        String old = written ? words.get(name).name() : schema;
        int from = written ? words.get(name).start() : words.get(i).end();
        int to = written ? words.get(name).end() : words.get(i).end();
        return sql.substring(0, from)
            + (written ? "" : " ")
            + Sql.name(renames.schema(old))
            + sql.substring(to);
      }
    }
    return sql;
  }

  private static boolean isOption(List<Token> words, int i) {
    return words.get(i).kind() == Token.Kind.WORD
        && Set.of("CHARACTER", "CHARSET", "COLLATE", "DEFAULT")
            .contains(words.get(i).text().toUpperCase(Locale.ROOT));
  }
}
