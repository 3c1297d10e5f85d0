package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a restore will do.
 *
 * @param request what was asked
 * @param tables those whose rows will be loaded, under their old names
 * @param objects those that will be created
 * @param loaded tables that an earlier run of the same restore finished, under their old names;
 *     they are not loaded again
 * @param replaced objects whose names are taken on the target by what will be dropped for them;
 *     nothing else that was there before the restore is ever dropped
 * @param findings what is left out or changed, and why; an ERROR forbids the start
 */
public record LoadPlan(
    LoadRequest request,
    List<TableDefinition> tables,
    List<SchemaObject> objects,
    Set<TableName> loaded,
    List<SchemaObject> replaced,
    List<Finding> findings) {
  public LoadPlan {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
    loaded = Set.copyOf(loaded);
    replaced = List.copyOf(replaced);
    findings = List.copyOf(findings);
  }

  /** The same with more findings. */
  public LoadPlan withFindings(List<Finding> more) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new LoadPlan(request, tables, objects, loaded, replaced, all);
  }

  /** The same with objects that say more, each in the place of one of the same name. */
  public LoadPlan withObjects(UnaryOperator<SchemaObject> other) {
    return new LoadPlan(
        request, tables, objects.stream().map(other).toList(), loaded, replaced, findings);
  }
}
