package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import java.util.List;

/**
 * Every selected definition of a server.
 *
 * @param objects in an order in which they can be created
 * @param tables the layout of each table that holds rows of its own or could
 * @param findings what could not be read, is not carried, or is missing rights
 */
public record Catalog(
    List<SchemaObject> objects, List<TableDefinition> tables, List<Finding> findings) {
  public Catalog {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }
}
