package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renames as servers with lower_case_table_names other than 0 mean them. Where the source ignores
 * case, so do renames, and so do they in the bodies of programs; a target that does not ignore it
 * is given every name in the case that the thing itself has there. Where only the target does, an
 * old name that the snapshot does not hold stands for the only one that differs from it by case.
 */
final class NameCase {
  private NameCase() {}

  static LoadRequest fit(LoadRequest request, ServerInfo target) {
    Renames renames = request.renames();
    if (request.source().ignoresCase()) {
      Renames ignoring = renames.ignoringCase();
      if (!target.ignoresCase()) {
        return request.withRenames(settled(ignoring, request.objects()));
      }
      return renames.isEmpty() ? request : request.withRenames(ignoring);
    }
    if (renames.isEmpty()) {
      return request;
    }
    return target.ignoresCase() ? request.withRenames(found(renames, request.objects())) : request;
  }

  /**
   * The same, with a name for everything: bodies of programs may name it in any case, and on the
   * target only one is right.
   */
  private static Renames settled(Renames renames, List<SchemaObject> objects) {
    Map<String, String> schemas = new HashMap<>(renames.schemas());
    Map<TableName, TableName> tables = new HashMap<>(renames.tables());
    for (SchemaObject object : objects) {
      String schema = object.kind().equals(Kind.SCHEMA) ? object.name() : object.schema();
      if (!schema.isEmpty()) {
        schemas.putIfAbsent(renames.folded(new TableName(schema, "")).schema(), schema);
      }
      if (Kind.space(object.kind()) == Kind.Space.TABLE) {
        TableName name = new TableName(object.schema(), object.name());
        tables.putIfAbsent(renames.folded(name), renames.table(name));
      }
    }
    return new Renames(schemas, tables, true);
  }

  private static Renames found(Renames renames, List<SchemaObject> objects) {
    Set<String> schemas = new HashSet<>();
    Set<TableName> names = new HashSet<>();
    for (SchemaObject object : objects) {
      schemas.add(object.kind().equals(Kind.SCHEMA) ? object.name() : object.schema());
      if (Kind.space(object.kind()) == Kind.Space.TABLE) {
        names.add(new TableName(object.schema(), object.name()));
      }
    }
    Map<String, String> ofSchemas = new HashMap<>();
    renames.schemas().forEach((old, name) -> ofSchemas.put(found(old, schemas), name));
    Map<TableName, TableName> ofTables = new HashMap<>();
    renames.tables().forEach((old, name) -> ofTables.put(found(old, names), name));
    return new Renames(ofSchemas, ofTables);
  }

  private static <T> T found(T old, Collection<T> all) {
    List<T> near = all.stream().filter(n -> n.toString().equalsIgnoreCase(old.toString())).toList();
    return all.contains(old) || near.size() != 1 ? old : near.getFirst();
  }
}
