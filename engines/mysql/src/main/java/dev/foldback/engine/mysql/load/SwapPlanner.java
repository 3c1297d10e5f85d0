package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Connector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plans a restore in place: which tables are loaded beside, under names of Foldback's own schemas,
 * and what changes places with what once they are compared.
 */
final class SwapPlanner {
  private final Connector connector;
  private final Sessions sessions;
  private final LoadRequest request;
  private final List<Finding> findings = new ArrayList<>();

  SwapPlanner(Connector connector, Sessions sessions, LoadRequest request) {
    this.connector = connector;
    this.sessions = sessions;
    this.request = request;
  }

  /** The plan under the objects' own names; {@link #beside} makes of it what is loaded. */
  LoadPlan plan(Db db) throws SQLException {
    LoadRequest beside = beside(request);
    LoadPlan load = new Planner(db, connector.flavor(), sessions, beside).plan();
    findings.addAll(load.findings());
    List<SchemaObject> objects = new ArrayList<>(load.objects());
    List<SchemaObject> programs = wanted(request);
    findings.addAll(
        new RightsCheck(db, connector.flavor(), Renames.NONE).missing(withTables(programs, load)));
    objects.forEach(this::check);
    objects.addAll(programs);
    LoadPlan plan =
        new LoadPlan(request, load.tables(), objects, load.loaded(), List.of(), List.of());
    try {
      tell(swap(builder(connector, db, request), plan, "", ""));
    } catch (FoldbackException e) {
      findings.add(
          Finding.error(
              e.code().code(), "restore in place", String.valueOf(e.getMessage()), e.hint()));
    }
    return plan.withFindings(findings.stream().distinct().toList());
  }

  private static List<SchemaObject> withTables(List<SchemaObject> programs, LoadPlan load) {
    List<SchemaObject> all = new ArrayList<>(programs);
    load.objects().stream().filter(SwapBuilder::isTable).forEach(all::add);
    return all;
  }

  /** What a load beside makes of the plan: tables and what goes with them. */
  static LoadPlan beside(LoadPlan plan) {
    return new LoadPlan(
        beside(plan.request()),
        plan.tables(),
        plan.objects().stream().filter(SwapPlanner::isBeside).toList(),
        plan.loaded(),
        List.of(),
        List.of());
  }

  private static LoadRequest beside(LoadRequest request) {
    List<SchemaObject> objects =
        request.objects().stream()
            .filter(o -> isBeside(o) || isNeededByTables(o))
            .filter(o -> Selected.belongs(o, request))
            .toList();
    Set<String> schemas = new TreeSet<>();
    objects.forEach(o -> schemas.add(o.schema()));
    List<String> numbered = List.copyOf(schemas);
    Map<TableName, TableName> tables = new HashMap<>();
    for (SchemaObject object : objects) {
      if (SwapBuilder.isTable(object)) {
        TableName name = new TableName(object.schema(), object.name());
        String schema =
            OwnSchemas.SWAPPED_IN + request.restoreId() + "_" + numbered.indexOf(name.schema());
        tables.put(name, new TableName(schema, name.table()));
      }
    }
    return new LoadRequest(
        request.restoreId(),
        request.source(),
        objects,
        request.tables(),
        request.selection(),
        request.scope(),
        new Renames(Map.of(), tables),
        LoadRequest.Existing.REFUSE,
        request.largestRows());
  }

  private static boolean isBeside(SchemaObject object) {
    return SwapBuilder.isTable(object) || object.kind().equals(Kind.HISTOGRAM);
  }

  private static boolean isNeededByTables(SchemaObject object) {
    return object.kind().equals(Kind.TABLESPACE) || object.kind().equals(Kind.REFERENCE_SYSTEM);
  }

  /** Views and programs, and schemas that are selected as a whole. */
  private static List<SchemaObject> wanted(LoadRequest request) {
    return request.objects().stream()
        .filter(
            o ->
                o.kind().equals(Kind.SCHEMA)
                    ? request.selection().contains(new TableName(o.name(), ""))
                    : SwapBuilder.isProgram(o) && !o.schema().isEmpty())
        .filter(o -> Selected.belongs(o, request))
        .toList();
  }

  /** What a plan's end needs to know of the server as it is now. */
  static SwapBuilder builder(Connector connector, Db db, LoadRequest request) throws SQLException {
    return SwapBuilder.read(connector, db, schemas(request));
  }

  /** The swap that a plan ends with. */
  static Swap swap(SwapBuilder builder, LoadPlan plan, String id, String what) throws SQLException {
    LoadRequest request = plan.request();
    Renames beside = beside(request).renames();
    List<Swap.Move> in = new ArrayList<>();
    for (SchemaObject object : plan.objects()) {
      if (SwapBuilder.isTable(object)) {
        TableName name = new TableName(object.schema(), object.name());
        in.add(new Swap.Move(beside.table(name), name));
      }
    }
    List<SchemaObject> wanted =
        plan.objects().stream().filter(o -> SwapBuilder.isProgram(o) || isSchema(o)).toList();
    Set<String> schemas = schemas(request);
    Predicate<TableName> scope =
        name ->
            schemas.contains(name.schema())
                && request.selection().contains(name)
                && request.scope().contains(name);
    Swap names =
        new Swap(
            id,
            request.restoreId(),
            what,
            request.source().family(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return builder.build(names, in, wanted, scope);
  }

  private static boolean isSchema(SchemaObject object) {
    return object.kind().equals(Kind.SCHEMA);
  }

  /** Those of the snapshot that are selected; others are none of its business. */
  private static Set<String> schemas(LoadRequest request) {
    Set<String> schemas = new TreeSet<>();
    for (SchemaObject object : request.objects()) {
      String schema = isSchema(object) ? object.name() : object.schema();
      if (!schema.isEmpty() && request.selection().touches(schema)) {
        schemas.add(schema);
      }
    }
    return schemas;
  }

  /** What can't go to another schema: what names others of its own schema in its definition. */
  private void check(SchemaObject table) {
    String definition = table.definition().toLowerCase(Locale.ROOT);
    boolean sequence =
        definition.contains("nextval(")
            || definition.contains("lastval(")
            || definition.contains("setval(");
    boolean merge = definition.contains(" union=(");
    if (table.kind().equals(Kind.TABLE) && (sequence || merge)) {
      findings.add(
          Finding.error(
              "not-in-place",
              table.label(),
              sequence
                  ? "takes its defaults from a sequence, and would go on naming that of the copy"
                  : "is a MERGE table, and would go on naming the tables of the copy",
              "Exclude it and restore it beside with --rename, or restore without --in-place."));
    }
  }

  private void tell(Swap swap) {
    Set<TableName> come = swap.in().stream().map(Swap.Move::to).collect(Collectors.toSet());
    long replaced = swap.aside().stream().filter(m -> come.contains(m.from())).count();
    if (replaced > 0) {
      findings.add(
          Finding.warning(
              "changes-places",
              replaced + (replaced == 1 ? " table" : " tables"),
              "what is there now is put aside once the restored rows are compared, and kept until"
                  + " it is released; what is written to it until then stays in what is kept",
              "Let nobody write there meanwhile."));
    }
    for (Swap.Move move : swap.aside()) {
      if (!come.contains(move.from())) {
        findings.add(
            Finding.warning(
                "put-aside",
                "table " + move.from(),
                "is not there at that moment; it is put aside too, and kept",
                "Exclude it to leave it where it is."));
      }
    }
    Map<String, Boolean> programs = new TreeMap<>();
    swap.found().stream().filter(o -> !isSchema(o)).forEach(o -> programs.put(o.label(), false));
    swap.wanted().stream()
        .filter(o -> programs.containsKey(o.label()))
        .forEach(o -> programs.put(o.label(), true));
    programs.forEach(
        (label, stays) ->
            findings.add(
                stays
                    ? Finding.info("replaced", label, "is replaced; its definition is kept")
                    : Finding.warning(
                        "dropped",
                        label,
                        "is not there at that moment; it is dropped, and its definition kept",
                        "")));
    boolean triggers = !swap.foundTriggers().isEmpty() || !swap.wantedTriggers().isEmpty();
    if (triggers && connector.flavor().mariaDb()) {
      findings.add(
          Finding.info(
              "triggers-later",
              "",
              "triggers are made right after the tables have changed places; MariaDB lets others"
                  + " write in between, so let nobody write"));
    }
    if (request.selection().isServerWide()) {
      findings.add(
          Finding.info(
              "accounts-kept",
              "",
              "accounts and other objects of the whole server stay as they are"));
    }
  }
}
