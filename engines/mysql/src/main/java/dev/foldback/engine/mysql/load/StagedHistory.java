package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableChange;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.LoggedReach;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the DDL of a log on empty copies of what it names, one statement after another, and looks
 * after each at what became of the tables. No grammar of DDL is needed beyond its first words: what
 * a statement means is what the server does.
 */
final class StagedHistory implements DefinitionHistory {
  private static final Set<DdlStatement.Kind> FOLLOWED =
      Set.of(
          DdlStatement.Kind.CREATE_SCHEMA,
          DdlStatement.Kind.ALTER_SCHEMA,
          DdlStatement.Kind.DROP_SCHEMA,
          DdlStatement.Kind.CREATE_TABLE,
          DdlStatement.Kind.ALTER_TABLE,
          DdlStatement.Kind.DROP_TABLE,
          DdlStatement.Kind.RENAME_TABLE,
          DdlStatement.Kind.TRUNCATE_TABLE,
          DdlStatement.Kind.DELETE_HISTORY,
          DdlStatement.Kind.SEQUENCE,
          DdlStatement.Kind.PROGRAM);

  private static final Set<DdlStatement.Kind> SCHEMAS =
      Set.of(
          DdlStatement.Kind.CREATE_SCHEMA,
          DdlStatement.Kind.ALTER_SCHEMA,
          DdlStatement.Kind.DROP_SCHEMA);

  /** DROP TABLE drops those that are there, and fails for others. */
  private static final int NO_TABLE = 1051;

  private final Connector connector;
  private final Sessions sessions;
  private final ServerInfo source;
  private final StagedNames names;
  private final StagedCopies copies;
  private final Map<DefinitionStep, StagedRows> rows = new HashMap<>();
  private @Nullable LoadWay way;
  private final List<Finding> findings = new ArrayList<>();
  private final List<DefinitionStep> steps = new ArrayList<>();
  private final Map<DefinitionStep, DdlStatement> parsed = new HashMap<>();
  private final Map<TableName, TableState> current = new HashMap<>();
  private final Set<TableName> atFirst;
  private final Set<String> droppedSchemas = new HashSet<>();
  private final Set<String> alteredSchemas = new HashSet<>();
  private final EventStates events;
  private final Sequences sequences;
  private final TriggerTexts triggers = new TriggerTexts();
  private List<SchemaObject> objects;
  private List<TableDefinition> tables;

  private StagedHistory(
      Connector connector,
      Sessions sessions,
      ServerInfo source,
      StagedNames names,
      StagedCopies copies,
      List<SchemaObject> objects,
      List<TableDefinition> tables) {
    this.connector = connector;
    this.sessions = sessions;
    this.source = source;
    this.names = names;
    this.copies = copies;
    this.objects = objects;
    this.tables = tables;
    this.events = new EventStates(objects);
    this.sequences = new Sequences(objects);
    this.atFirst = tables.stream().map(TableDefinition::name).collect(Collectors.toSet());
  }

  static StagedHistory of(
      Connector connector,
      Sessions sessions,
      String run,
      ServerInfo source,
      List<SchemaObject> objects,
      List<TableDefinition> tables,
      List<LoggedStatement> statements)
      throws SQLException {
    List<DdlStatement> all =
        statements.stream()
            .map(
                s ->
                    DdlStatement.parse(
                        s.sql(), s.context().getOrDefault("sql_mode", ""), s.schema()))
            .map(s -> keepsLower(source) ? s.lowered() : s)
            .toList();
    List<DdlStatement> followed = all.stream().filter(s -> FOLLOWED.contains(s.kind())).toList();
    List<SchemaObject> parts = StagedParts.of(objects, followed, source.ignoresCase());
    StagedNames names =
        new StagedNames(run, schemas(objects, parts, followed), source.ignoresCase());
    StagedCopies copies = new StagedCopies(connector, sessions, names, source, parts);
    StagedHistory history =
        new StagedHistory(connector, sessions, source, names, copies, objects, tables);
    try {
      history.follow(statements, all, parts);
      return history;
    } catch (SQLException | RuntimeException e) {
      try {
        history.close();
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private static boolean keepsLower(ServerInfo source) {
    return source.settings().getOrDefault("lower_case_table_names", "0").equals("1");
  }

  /** Those that parts live in, and those that statements make, drop or move something to. */
  private static Set<String> schemas(
      List<SchemaObject> objects, List<SchemaObject> parts, List<DdlStatement> statements) {
    Set<String> known = new HashSet<>();
    Set<String> used = new TreeSet<>();
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.SCHEMA)) {
        known.add(object.name());
      }
    }
    parts.forEach(p -> used.add(p.schema()));
    for (DdlStatement statement : statements) {
      if (statement.kind() == DdlStatement.Kind.CREATE_SCHEMA) {
        known.add(statement.names().getFirst().schema());
      }
      if (statement.kind() != DdlStatement.Kind.PROGRAM) {
        statement.names().forEach(n -> used.add(n.schema()));
        statement.targets().forEach(n -> used.add(n.schema()));
      }
      statement.mentions().stream()
          .map(TableName::schema)
          .filter(known::contains)
          .forEach(used::add);
    }
    used.remove("");
    return used;
  }

  private void follow(
      List<LoggedStatement> statements, List<DdlStatement> all, List<SchemaObject> parts)
      throws SQLException {
    if (all.stream().noneMatch(s -> FOLLOWED.contains(s.kind()))) {
      for (int i = 0; i < statements.size(); i++) {
        tellUnfollowed(statements.get(i), all.get(i));
        steps.add(new DefinitionStep(statements.get(i), List.of(), Map.of()));
      }
      return;
    }
    findings.addAll(
        copies.create(objects.stream().filter(o -> o.kind().equals(Kind.SCHEMA)).toList()));
    Catalog before = copies.catalog();
    current.putAll(states(before));
    for (int i = 0; i < statements.size(); i++) {
      DefinitionStep step =
          new DefinitionStep(
              statements.get(i),
              changes(statements.get(i), all.get(i)),
              sequences.touched(all.get(i)));
      steps.add(step);
      parsed.put(step, all.get(i));
    }
    Outcome outcome = new Outcome(objects, tables, parts, droppedSchemas, alteredSchemas);
    Catalog after = copies.catalog();
    objects = outcome.objects(before.objects(), after, o -> triggers.asWritten(events.awake(o)));
    tables = outcome.tables(after);
  }

  private static Map<TableName, TableState> states(Catalog catalog) {
    Map<TableName, SchemaObject> made =
        StagedNames.byName(
            catalog.objects().stream().filter(o -> o.kind().equals(Kind.TABLE)).toList(),
            o -> new TableName(o.schema(), o.name()));
    Map<TableName, TableState> states = new HashMap<>();
    for (TableDefinition table : catalog.tables()) {
      SchemaObject object = made.get(table.name());
      if (object != null) {
        states.put(table.name(), new TableState(object, table));
      }
    }
    return states;
  }

  private List<TableChange> changes(LoggedStatement statement, DdlStatement ddl)
      throws SQLException {
    if (!FOLLOWED.contains(ddl.kind())) {
      tellUnfollowed(statement, ddl);
      return List.of();
    }
    try {
      copies.run(statement, ddl);
    } catch (SQLException e) {
      boolean failedThere = !statement.context().getOrDefault("error", "0").equals("0");
      boolean someMissing =
          ddl.kind() == DdlStatement.Kind.DROP_TABLE && e.getErrorCode() == NO_TABLE;
      if (failedThere || someMissing) {
        // It failed on the source too, after some of it was done.
        return compare(ddl);
      }
      throw new FoldbackException(
          ErrorCode.NOT_RESTORABLE,
          "the statement at "
              + statement.at()
              + " can't be followed: the target refuses it on empty"
              + " copies: "
              + Failures.unquoted(e)
              + ": "
              + LoggedReach.of(statement).shown(),
          "Restore to a moment before it (--at "
              + statement.at()
              + "), or to a server of the source's own version.",
          e);
    }
    events.after(statement);
    if (ddl.kind() == DdlStatement.Kind.PROGRAM) {
      triggers.after(statement);
    }
    return compare(ddl);
  }

  private void tellUnfollowed(LoggedStatement statement, DdlStatement ddl) {
    switch (ddl.kind()) {
      case ACCOUNT, SERVER ->
          findings.add(
              Finding.warning(
                  "not-followed",
                  statement.at().toString(),
                  "accounts, rights and objects of the whole server are restored as of the"
                      + " snapshot; this later statement is not: "
                      + LoggedReach.of(statement).shown()
                      + when(statement),
                  "Run it by hand after the restore if it is wanted; it stands in the log there."));
      case OTHER ->
          throw new FoldbackException(
              ErrorCode.NOT_RESTORABLE,
              "the log holds a statement at "
                  + statement.at()
                  + " that can't be followed, so what"
                  + " it did to rows is not known",
              "Restore to a moment before it: --at " + statement.at() + ".");
      default -> {}
    }
  }

  private static String when(LoggedStatement statement) {
    String seconds = statement.context().getOrDefault("timestamp", "");
    return seconds.isEmpty()
        ? ""
        : " (" + Instant.ofEpochSecond(new BigDecimal(seconds).longValue()) + ")";
  }

  /** What the statement did, by what its tables were before and are now. */
  private List<TableChange> compare(DdlStatement ddl) {
    Set<TableName> touched = new LinkedHashSet<>(ddl.names());
    touched.addAll(ddl.targets());
    if (ddl.kind() == DdlStatement.Kind.PROGRAM || ddl.kind() == DdlStatement.Kind.SEQUENCE) {
      return List.of();
    }
    if (SCHEMAS.contains(ddl.kind())) {
      alteredSchemas.add(ddl.names().getFirst().schema());
    }
    if (ddl.kind() == DdlStatement.Kind.DROP_SCHEMA) {
      return dropSchema(ddl.names().getFirst().schema());
    }
    if (ddl.movesRows()) {
      ddl.mentions().stream().filter(m -> current.containsKey(m)).forEach(touched::add);
    }
    if (ddl.movesRows() && ddl.kind() == DdlStatement.Kind.ALTER_TABLE) {
      // CONVERT PARTITION makes a table that was not there.
      touched.addAll(ddl.mentions());
    }
    Set<TableName> children = children(touched);
    Set<TableName> looked = new LinkedHashSet<>(touched);
    looked.addAll(children);
    Map<TableName, TableState> now = copies.states(looked);
    List<TableChange> changes =
        new ArrayList<>(new TableComparison(current, now, ddl).changes(touched));
    children.forEach(child -> redefined(child, now).ifPresent(changes::add));
    looked.forEach(current::remove);
    current.putAll(now);
    return changes;
  }

  /** Others whose foreign keys point to one of these: their definitions have its names. */
  private Set<TableName> children(Set<TableName> parents) {
    Set<TableName> children = new TreeSet<>();
    current.forEach(
        (name, state) -> {
          boolean points = References.of(state.object()).stream().anyMatch(parents::contains);
          if (points && !parents.contains(name)) {
            children.add(name);
          }
        });
    return children;
  }

  private Optional<TableChange> redefined(TableName name, Map<TableName, TableState> now) {
    TableState old = current.get(name);
    TableState is = now.get(name);
    if (old == null || is == null || old.object().definition().equals(is.object().definition())) {
      return Optional.empty();
    }
    return Optional.of(new TableChange.Redefined(name, is));
  }

  private List<TableChange> dropSchema(String schema) {
    droppedSchemas.add(schema);
    List<TableChange> changes = new ArrayList<>();
    Set<TableName> gone = new TreeSet<>();
    atFirst.stream().filter(t -> t.schema().equals(schema)).forEach(gone::add);
    current.keySet().stream().filter(t -> t.schema().equals(schema)).forEach(gone::add);
    gone.forEach(t -> changes.add(new TableChange.Dropped(t)));
    current.keySet().removeAll(gone);
    return changes;
  }

  @Override
  public List<DefinitionStep> steps() {
    return List.copyOf(steps);
  }

  @Override
  public List<SchemaObject> objects() {
    return objects;
  }

  @Override
  public List<TableDefinition> tables() {
    return tables;
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public void stage(DefinitionStep step, TableState table, RowSource source) {
    rows(step).load(table, source);
  }

  @Override
  public void restage(DefinitionStep from, TableName old, DefinitionStep step, TableName name) {
    rows(step).take(rows(from), old, name);
  }

  @Override
  public void convert(DefinitionStep step) {
    rows(step).convert(step, Objects.requireNonNull(parsed.get(step)));
  }

  @Override
  public RowSource converted(DefinitionStep step, TableState table) {
    return rows(step).read(table);
  }

  private StagedRows rows(DefinitionStep step) {
    LoadWay way = loadWay();
    return rows.computeIfAbsent(
        step, s -> new StagedRows(connector, sessions, names.forRows(rows.size()), source, way));
  }

  private LoadWay loadWay() {
    LoadWay known = way;
    if (known == null) {
      try {
        known = new LoadWay(sessions, connector.flavor());
        way = known;
      } catch (SQLException e) {
        throw Failures.of("looking at the target", e);
      }
    }
    return known;
  }

  @Override
  public void close() {
    try {
      for (StagedRows some : rows.values()) {
        some.close();
      }
      copies.close();
    } catch (SQLException e) {
      throw Failures.of("removing the schemas " + StagedNames.PREFIX + "…", e);
    }
  }
}
