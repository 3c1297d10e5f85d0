package dev.foldback.engine.mysql.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unique keys, to find the one that rows are read by. They come from the text of SHOW CREATE TABLE:
 * information_schema.statistics would open every table once more.
 */
final class Keys {
  private static final String PRIMARY = "\n  PRIMARY KEY ";
  private static final String UNIQUE = "\n  UNIQUE KEY ";

  /** A unique key whose parts are all whole columns. */
  record Key(String name, List<String> columns) {}

  private Keys() {}

  /**
   * The primary key, or else the first unique key, that only has columns among the usable ones (not
   * nullable, in the frames).
   */
  static @Nullable Key best(String definition, Set<String> usable, boolean memory) {
    OptionalInt primary = SqlText.find(definition, PRIMARY, 0);
    if (primary.isPresent()) {
      return usable(definition, primary.getAsInt() + PRIMARY.length(), "PRIMARY", usable, true);
    }
    OptionalInt unique = SqlText.find(definition, UNIQUE, 0);
    while (unique.isPresent()) {
      int name = unique.getAsInt() + UNIQUE.length();
      int end = SqlText.skipQuoted(definition, name);
      Key key = usable(definition, end + 1, SqlText.unquote(definition, name, end), usable, memory);
      if (key != null) {
        return key;
      }
      unique = SqlText.find(definition, UNIQUE, end);
    }
    return null;
  }

  /** Null where it is of no use: a prefix or expression orders nothing that columns would. */
  private static @Nullable Key usable(
      String definition, int open, String name, Set<String> usable, boolean hash) {
    List<String> columns = new ArrayList<>();
    int at = open;
    do {
      at++;
      if (at >= definition.length() || definition.charAt(at) != '`') {
        return null;
      }
      int end = SqlText.skipQuoted(definition, at);
      columns.add(SqlText.unquote(definition, at, end));
      at = definition.startsWith(" DESC", end) ? end + " DESC".length() : end;
    } while (at < definition.length() && definition.charAt(at) == ',');
    if (at >= definition.length() || definition.charAt(at) != ')') {
      return null;
    }
    String options = definition.substring(at, SqlText.find(definition, "\n", at).orElse(at));
    boolean hidden = SqlText.holds(options, "INVISIBLE") || SqlText.holds(options, "IGNORED");
    boolean unordered = !hash && SqlText.holds(options, "USING HASH");
    return hidden || unordered || !usable.containsAll(columns) ? null : new Key(name, columns);
  }
}
