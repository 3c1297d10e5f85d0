package dev.foldback.cli;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code OLD=NEW}: a schema to a schema, or {@code schema.table} to {@code schema.table}. A
 * dot or equals sign inside a name has a backslash before it.
 */
final class RenameOption {
  private RenameOption() {}

  static Renames parse(List<String> options) {
    Map<String, String> schemas = new LinkedHashMap<>();
    Map<TableName, TableName> tables = new LinkedHashMap<>();
    for (String option : options) {
      List<String> sides = split(option, '=');
      if (sides.size() != 2) {
        throw bad(option, "has not one '='");
      }
      List<String> from = names(option, sides.get(0));
      List<String> to = names(option, sides.get(1));
      if (from.size() != to.size()) {
        throw bad(option, "has a schema on one side and a table on the other");
      }
      Object before =
          from.size() == 1
              ? schemas.put(from.get(0), to.get(0))
              : tables.put(
                  new TableName(from.get(0), from.get(1)), new TableName(to.get(0), to.get(1)));
      if (before != null) {
        throw bad(option, "renames what another --rename renames");
      }
    }
    return new Renames(schemas, tables);
  }

  private static List<String> names(String option, String side) {
    List<String> names =
        split(side, '.').stream().map(n -> n.replaceAll("\\\\([.=])", "$1")).toList();
    if (names.size() > 2 || names.stream().anyMatch(String::isEmpty)) {
      throw bad(option, "has a side that is neither schema nor schema.table");
    }
    if (names.stream().anyMatch(n -> n.contains("*"))) {
      throw bad(option, "has a '*', which a rename can't follow");
    }
    return names;
  }

  /** At each separator that no backslash stands before. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static FoldbackException bad(String option, String problem) {
    return new FoldbackException(
        ErrorCode.BAD_PATTERN,
        "--rename '" + option + "' " + problem,
        "Write OLD=NEW, such as shop=shop_copy or shop.orders=shop.orders_old.");
  }
}
