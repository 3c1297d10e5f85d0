package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words of a restore that mean nothing in its snapshot. A misspelt pattern would bring nothing and
 * call that proven; a misspelt rename would bring rows under the name that was to be spared.
 *
 * @param names of tables and everything else in schemas
 */
record Unmatched(Set<TableName> names, Set<String> schemas) {
  static Unmatched in(Stream<TableName> tables, List<SchemaObject> objects) {
    Set<TableName> names = tables.collect(Collectors.toSet());
    for (SchemaObject object : objects) {
      if (!object.schema().isEmpty()) {
        names.add(new TableName(object.schema(), object.name()));
      }
    }
    Set<String> schemas = names.stream().map(TableName::schema).collect(Collectors.toSet());
    objects.stream().filter(o -> o.kind().equals("schema")).forEach(o -> schemas.add(o.name()));
    return new Unmatched(names, schemas);
  }

  /**
   * @param ignoreCase whether source or target take names that differ by case alone for one
   */
  void refuse(RestoreOptions options, boolean ignoreCase, String hint) {
    List<String> unmatched = new ArrayList<>();
    for (String pattern : options.selection().include()) {
      if (!isMatched(pattern)) {
        unmatched.add("the pattern '" + pattern + "'");
      }
    }
    Renames renames = options.renames();
    for (String schema : renames.schemas().keySet()) {
      if (!holds(schemas, schema, ignoreCase)) {
        unmatched.add("the schema '" + schema + "' that is to be renamed");
      }
    }
    for (TableName table : renames.tables().keySet()) {
      if (!holds(names, table, ignoreCase)) {
        unmatched.add("the table '" + table + "' that is to be renamed");
      }
    }
    if (!unmatched.isEmpty()) {
      throw new FoldbackException(
          ErrorCode.NOTHING_SELECTED,
          "the snapshot holds nothing for "
              + String.join(", ", unmatched)
              + "; nothing was written",
          hint);
    }
  }

  private static <T> boolean holds(Set<T> names, T name, boolean ignoreCase) {
    return names.contains(name)
        || (ignoreCase
            && names.stream().anyMatch(n -> n.toString().equalsIgnoreCase(name.toString())));
  }

  private boolean isMatched(String pattern) {
    Selection one = new Selection(List.of(pattern), List.of());
    return names.stream().anyMatch(one::contains)
        || (Selection.parts(pattern).size() == 1 && schemas.stream().anyMatch(one::touches));
  }
}
