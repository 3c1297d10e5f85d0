package dev.foldback.engine.mysql.ddl;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;

/**
 * Names that the server made from the table's name. They are unique in a schema, so they follow a
 * table that gets another name, as RENAME TABLE makes them do.
 */
final class ConstraintNames {
  private static final List<String> MARKS = List.of("_ibfk_", "_chk_");

  private ConstraintNames() {}

  static String follow(TableElement element, String text, String from, String to) {
    boolean constraint =
        element.kind() == TableElement.Kind.FOREIGN_KEY
            || element.kind() == TableElement.Kind.CHECK;
    if (!constraint || from.equals(to)) {
      return text;
    }
    for (String mark : MARKS) {
      if (element.name().startsWith(from + mark)) {
        String name = to + element.name().substring(from.length());
        if (name.length() <= 64) {
          return text.replaceFirst(
              java.util.regex.Pattern.quote(Sql.name(element.name())),
              java.util.regex.Matcher.quoteReplacement(Sql.name(name)));
        }
      }
    }
    return text;
  }
}
