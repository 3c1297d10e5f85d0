package dev.foldback.engine.mysql.ddl;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The names of a table's checks and foreign keys, which some servers keep once a schema. */
public final class NamedConstraints {
  private final TableStatement table;

  /**
   * @param definition what SHOW CREATE TABLE printed
   */
  public NamedConstraints(String definition) {
    this.table = TableStatement.parse(definition);
  }

  public List<String> checks() {
    return names(TableElement.Kind.CHECK);
  }

  public List<String> foreignKeys() {
    return names(TableElement.Kind.FOREIGN_KEY);
  }

  private List<String> names(TableElement.Kind kind) {
    return table.elements().stream().filter(e -> isNamed(e, kind)).map(TableElement::name).toList();
  }

  private static boolean isNamed(TableElement element, TableElement.Kind kind) {
    return element.kind() == kind && element.text().startsWith("CONSTRAINT `");
  }

  /** The definition without the names of these checks and foreign keys: the server finds others. */
  public String without(Set<String> checks, Set<String> foreignKeys) {
    List<String> elements = new ArrayList<>();
    for (TableElement element : table.elements()) {
      boolean unnamed =
          (isNamed(element, TableElement.Kind.CHECK) && checks.contains(element.name()))
              || (isNamed(element, TableElement.Kind.FOREIGN_KEY)
                  && foreignKeys.contains(element.name()));
      String head = "CONSTRAINT " + Sql.name(element.name()) + " ";
      elements.add(unnamed ? element.text().substring(head.length()) : element.text());
    }
    return table.head() + "(\n  " + String.join(",\n  ", elements) + "\n)" + table.tail();
  }
}
