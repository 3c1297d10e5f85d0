package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Looks into statements as the server prints them: names in backquotes, texts in quotes. */
final class SqlText {
  private SqlText() {}

  /**
   * Every pair {@code `a`.`b`} outside string literals. Some are columns rather than tables: good
   * enough to order views by, since it can only add an order that is not needed.
   */
  static List<TableName> qualifiedNames(String sql) {
    List<TableName> names = new ArrayList<>();
    @Nullable String before = null;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end = i + 1;
      if (c == '`' || c == '\'' || c == '"') {
        end = skipQuoted(sql, i);
      }
      if (c == '`') {
        String name = unquote(sql, i, end);
        if (before != null) {
          names.add(new TableName(before, name));
        }
        boolean more = end < sql.length() && sql.charAt(end) == '.';
        before = more ? name : null;
        end += more ? 1 : 0;
      } else {
        before = null;
      }
      i = end;
    }
    return names;
  }

  /**
   * Where the word begins, outside quotes, at or after a place that is not within quotes. Case and
   * spaces must match.
   */
  static OptionalInt find(String sql, String word, int from) {
    int i = from;
    while (i < sql.length()) {
      if (sql.startsWith(word, i)) {
        return OptionalInt.of(i);
      }
      char c = sql.charAt(i);
      i = c == '`' || c == '\'' || c == '"' ? skipQuoted(sql, i) : i + 1;
    }
    return OptionalInt.empty();
  }

  /** The name between two backquotes. */
  static String unquote(String sql, int start, int end) {
    return sql.substring(start + 1, end - 1).replace("``", "`");
  }

  /** Whether the words stand in the statement outside quotes; they may end in quoted text. */
  static boolean holds(String sql, String words) {
    return find(sql, words, 0).isPresent();
  }

  /** The place after the quoted run that begins here. */
  static int skipQuoted(String sql, int start) {
    char quote = sql.charAt(start);
    int i = start + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
      i++;
    }
    return sql.length();
  }
}
