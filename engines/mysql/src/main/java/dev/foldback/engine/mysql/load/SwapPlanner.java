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
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.MovedTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    load.findings().stream().filter(f -> !isOfCopies(f)).forEach(findings::add);
    List<SchemaObject> objects = new ArrayList<>(load.objects());
    List<SchemaObject> programs = wanted(request);
    findings.addAll(
        new RightsCheck(db, connector.flavor(), Renames.NONE).missingInPlace(schemas(request)));
    objects.addAll(programs);
    LoadPlan plan =
        new LoadPlan(request, load.tables(), objects, load.loaded(), List.of(), List.of());
    try {
      SwapBuilder builder = builder(connector, db, request);
      Swap swap = swap(builder, plan, "", "");
      tell(swap);
      findings.addAll(builder.unseen(swap));
      List<SchemaObject> touched = new ArrayList<>(objects);
      swap.found().stream().filter(SwapBuilder::isProgram).forEach(touched::add);
      findings.addAll(new RightsCheck(db, connector.flavor(), Renames.NONE).missing(touched));
      secondaryEngines(objects, builder.withSecondaryEngine(swap));
      readOnly(db, swap);
    } catch (FoldbackException e) {
      findings.add(
          Finding.error(
              e.code().code(), "restore in place", String.valueOf(e.getMessage()), e.hint()));
    }
    return plan.withFindings(findings.stream().distinct().toList());
  }

  /**
   * Rights on the schemas of the copies are asked for by one pattern: of two grants that match a
   * schema's name a server minds only the closer one.
   */
  private static boolean isOfCopies(Finding finding) {
    return finding.code().equals("privilege-missing")
        && finding.message().contains(" in schema " + OwnSchemas.SWAPPED_IN);
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
    Map<String, String> stages = stages(request);
    Map<TableName, TableName> tables = new HashMap<>();
    for (SchemaObject object : objects) {
      if (SwapBuilder.isTable(object)) {
        TableName name = new TableName(object.schema(), object.name());
        String schema = Objects.requireNonNull(stages.get(name.schema()));
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

  /** The schemas that tables are loaded into, by those that they are of. */
  static Map<String, String> stages(LoadRequest request) {
    Map<String, String> stages = new TreeMap<>();
    request.objects().stream()
        .filter(SwapBuilder::isTable)
        .filter(o -> Selected.belongs(o, request))
        .forEach(o -> stages.put(o.schema(), ""));
    int number = 0;
    for (Map.Entry<String, String> stage : stages.entrySet()) {
      stage.setValue(OwnSchemas.SWAPPED_IN + request.restoreId() + "_" + number);
      number++;
    }
    return stages;
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
        in.add(new Swap.Move(beside.table(name), name, builder.isApart(object)));
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
    Swap names = Swap.named(id, request.restoreId(), what, request.source().family());
    return builder.build(names, in, wanted, corrections(plan), scope);
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

  private static List<String> corrections(LoadPlan plan) {
    return plan.objects().stream()
        .filter(o -> o.kind().equals(Kind.TABLE))
        .flatMap(
            o ->
                MovedTable.corrections(new TableName(o.schema(), o.name()), o.definition())
                    .stream())
        .toList();
  }

  /** MySQL 8 renames no table with a secondary engine. */
  private void secondaryEngines(List<SchemaObject> objects, List<TableName> aside) {
    if (connector.flavor().mySqlAtLeast(9, 0, 0)) {
      return;
    }
    Set<TableName> tables = new TreeSet<>(aside);
    objects.stream()
        .filter(o -> o.kind().equals(Kind.TABLE) && o.definition().contains("SECONDARY_ENGINE="))
        .forEach(o -> tables.add(new TableName(o.schema(), o.name())));
    for (TableName table : tables) {
      findings.add(
          Finding.error(
              "not-in-place",
              "table " + table,
              "has a secondary engine, and the server gives no such table another name",
              "Exclude it and restore it beside with --rename, or restore without --in-place."));
    }
  }

  /** Somebody wanted nothing to be changed there. */
  private void readOnly(Db db, Swap swap) throws SQLException {
    if (!connector.flavor().mySqlAtLeast(8, 0, 22)) {
      return;
    }
    Set<String> schemas = new TreeSet<>();
    swap.in().forEach(move -> schemas.add(move.to().schema()));
    swap.aside().forEach(move -> schemas.add(move.from().schema()));
    for (String schema :
        db.column(
            "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA_EXTENSIONS WHERE OPTIONS LIKE"
                + " '%READ ONLY=1%'")) {
      if (schemas.contains(schema)) {
        String sql = "ALTER DATABASE " + Sql.name(schema) + " READ ONLY=0;";
        findings.add(
            Finding.error(
                "read-only-schema",
                "schema " + schema,
                "is in read only mode on the target",
                sql + " or exclude it"));
      }
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
    swap.found().stream()
        .filter(SwapBuilder::isProgram)
        .forEach(o -> programs.put(o.label(), false));
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
