package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key that can be dropped and made again.
 *
 * @param rule what it says
 * @param clause that makes it, with its name and its parent's schema
 * @param index of just its columns, empty for none: where a server made that index by itself, it
 *     makes another for a key that is made again, and calls it like the key
 */
public record NamedForeignKey(String name, ForeignKeyRule rule, String clause, String index) {

  /**
   * Those of a table.
   *
   * @param definition as SHOW CREATE TABLE prints it
   */
  public static List<NamedForeignKey> of(TableName child, String definition) {
    List<NamedForeignKey> keys = new ArrayList<>();
    List<TableElement> elements = TableStatement.parse(definition).elements();
    for (TableElement element : elements) {
      if (element.kind() == TableElement.Kind.FOREIGN_KEY) {
        String clause =
            ForeignKeys.pointTo(
                element.text(),
                (schema, table) -> Sql.name(schema.isEmpty() ? child.schema() : schema, table));
        ForeignKeyRule rule = ForeignKeyRule.rule(child, element);
        String index =
            elements.stream()
                .filter(e -> e.kind() == TableElement.Kind.INDEX)
                .filter(e -> e.columns().equals(rule.columns()))
                .map(TableElement::name)
                .findFirst()
                .orElse("");
        keys.add(new NamedForeignKey(element.name(), rule, clause, index));
      }
    }
    return keys;
  }

  /** The statement that takes it from its table. */
  public String drop() {
    return alter() + " DROP FOREIGN KEY " + Sql.name(name);
  }

  /** The statement that gives it to its table, pointing to another parent. */
  public String addTo(TableName parent) {
    return alter()
        + " ADD "
        + ForeignKeys.pointTo(clause, (schema, table) -> Sql.name(parent.schema(), parent.table()));
  }

  private String alter() {
    return "ALTER TABLE " + Sql.name(rule.child().schema(), rule.child().table());
  }
}
