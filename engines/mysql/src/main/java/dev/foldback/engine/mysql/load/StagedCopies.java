package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.catalog.Catalog;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.ProgramStatement;
import dev.foldback.engine.mysql.ddl.SchemaStatement;
import dev.foldback.engine.mysql.ddl.StagedStatement;
import dev.foldback.engine.mysql.ddl.TableStatement;
import dev.foldback.engine.mysql.ddl.Translation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Empty copies of objects in schemas of their own, and the statements that run on them. */
final class StagedCopies implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of(
          "library",
          "package",
          "package body",
          "function",
          "procedure",
          "view",
          "trigger",
          "event");

  private static final Set<String> CONTEXT =
      Set.of(
          Context.SQL_MODE,
          Context.TIME_ZONE,
          Context.CHARACTER_SET_CLIENT,
          Context.COLLATION_CONNECTION);

  private final Connector connector;
  private final StagedNames names;
  private final Db db;
  private final ProgramSession session;
  private final Connection reader;
  private final StagedStatement rewriting;
  private final LoadRequest request;
  private final StatementSettings settings;

  StagedCopies(
      Connector connector,
      Sessions sessions,
      StagedNames names,
      ServerInfo source,
      List<SchemaObject> parts)
      throws SQLException {
    this.connector = connector;
    this.names = names;
    this.db = sessions.fresh();
    this.session = new ProgramSession(db, connector.flavor());
    this.reader = connector.open("history");
    this.settings = new StatementSettings(source);
    this.request =
        new LoadRequest(
            "",
            source,
            parts,
            List.of(),
            Selection.ALL,
            Selection.ALL,
            names.there(),
            LoadRequest.Existing.REFUSE,
            Map.of());
    this.rewriting =
        new StagedStatement(
            names.there(),
            namesOf(parts, StagedParts::isTableLike),
            namesOf(parts, o -> o.kind().equals("function") || o.kind().equals("procedure")));
  }

  private static Set<TableName> namesOf(
      List<SchemaObject> objects, java.util.function.Predicate<SchemaObject> which) {
    return objects.stream()
        .filter(which)
        .map(o -> new TableName(o.schema(), o.name()))
        .collect(Collectors.toSet());
  }

  /** Makes every schema and every part. What could not be made is told. */
  List<Finding> create(List<SchemaObject> schemas) throws SQLException {
    names.claim(db);
    Translation translation =
        Translation.of(
            request.source().family(),
            connector.flavor().family(),
            TargetCollations.read(db, connector.flavor()));
    for (SchemaObject schema : schemas) {
      String name = names.there().schema(schema.name());
      if (!name.equals(schema.name())) {
        db.run(SchemaStatement.ifAbsent(translation.collations(schema.definition(), ""), name));
      }
    }
    for (SchemaObject part : request.objects()) {
      if (part.kind().equals(Kind.TABLE) || part.kind().equals(Kind.SEQUENCE)) {
        session.run(names.there().schema(part.schema()), definition(part, translation), Map.of());
      }
    }
    return programs();
  }

  private String definition(SchemaObject part, Translation translation) {
    String definition = names.rewriteTable(translation.table(part.definition()));
    return part.kind().equals(Kind.TABLE)
        ? TableStatement.parse(definition).withoutOwnIndexes()
        : definition;
  }

  /** In rounds, until none that is left can be made. */
  private List<Finding> programs() throws SQLException {
    List<SchemaObject> open = new ArrayList<>();
    PROGRAMS.forEach(kind -> open.addAll(of(kind)));
    int before;
    do {
      before = open.size();
      for (SchemaObject program : List.copyOf(open)) {
        if (made(program)) {
          open.remove(program);
        }
      }
    } while (!open.isEmpty() && open.size() < before);
    return open.stream()
        .map(
            o ->
                Finding.info(
                    "not-followed",
                    o.label(),
                    "can't be made on an empty copy; it is restored as it was in the snapshot"))
        .toList();
  }

  private boolean made(SchemaObject program) throws SQLException {
    String mode = program.context().getOrDefault(Context.SQL_MODE, "");
    String sql =
        rewriting.rewrite(program.definition(), mode, program.schema(), DdlStatement.Kind.PROGRAM);
    if (program.kind().equals(Kind.EVENT)) {
      sql = new ProgramStatement(sql, mode).sleepingEvent();
    }
    try {
      session.run(names.there().schema(program.schema()), sql, program.context());
      return true;
    } catch (SQLException e) {
      if (ServerErrors.isLost(e)) {
        throw e;
      }
      return false;
    }
  }

  private List<SchemaObject> of(String kind) {
    return request.objects().stream().filter(o -> o.kind().equals(kind)).toList();
  }

  /** Runs a statement of the log on the copies. */
  void run(LoggedStatement statement, DdlStatement parsed) throws SQLException {
    String sql =
        rewriting.rewrite(statement.sql(), mode(statement), statement.schema(), parsed.kind());
    if (parsed.kind() == DdlStatement.Kind.PROGRAM) {
      // What an event does names real tables: it must never run.
      sql = new ProgramStatement(sql, mode(statement)).sleepingEvent();
    }
    if (parsed.renames()) {
      renaming(statement, sql);
    } else {
      run(db, session, names, settings, statement, sql);
    }
  }

  /**
   * What foreign keys point to follows a table's new name or not, as keys are checked or not. A
   * copy may lack what a check asks for; then nothing that is copied points to the table.
   */
  private void renaming(LoggedStatement statement, String sql) throws SQLException {
    String checks = statement.context().getOrDefault("foreign_key_checks", "0");
    db.run("SET SESSION foreign_key_checks=" + checks);
    try {
      run(db, session, names, settings, statement, sql);
    } catch (SQLException e) {
      if (checks.equals("0") || ServerErrors.isLost(e)) {
        throw e;
      }
      db.run("SET SESSION foreign_key_checks=0");
      run(db, session, names, settings, statement, sql);
    } finally {
      db.run("SET SESSION foreign_key_checks=0");
    }
  }

  /** Runs a statement about tables on copies under other names. */
  static void run(
      Db db,
      ProgramSession session,
      StagedNames names,
      StatementSettings settings,
      LoggedStatement statement,
      DdlStatement ddl)
      throws SQLException {
    StagedStatement rewriting = new StagedStatement(names.there(), Set.of(), Set.of());
    run(
        db,
        session,
        names,
        settings,
        statement,
        rewriting.rewrite(statement.sql(), mode(statement), statement.schema(), ddl.kind()));
  }

  private static void run(
      Db db,
      ProgramSession session,
      StagedNames names,
      StatementSettings settings,
      LoggedStatement statement,
      String sql)
      throws SQLException {
    Map<String, String> context = new HashMap<>(statement.context());
    context.keySet().retainAll(CONTEXT);
    String timestamp = statement.context().getOrDefault("timestamp", "");
    if (!timestamp.isEmpty()) {
      db.run("SET SESSION timestamp=" + new BigDecimal(timestamp).toPlainString());
    }
    try {
      settings.with(db, statement, () -> session.run(schema(db, names, statement), sql, context));
    } finally {
      db.run("SET SESSION timestamp=DEFAULT");
    }
  }

  private static String mode(LoggedStatement statement) {
    return statement.context().getOrDefault(Context.SQL_MODE, "");
  }

  /** None where it is not there: the client had dropped the schema that it was in. */
  private static String schema(Db db, StagedNames names, LoggedStatement statement)
      throws SQLException {
    String staged = names.there().schema(statement.schema());
    boolean there = names.all().contains(staged) && db.column("SHOW DATABASES").contains(staged);
    return there ? staged : "";
  }

  /** The copies of these tables that exist, under the names that they stand for. */
  Map<TableName, TableState> states(Collection<TableName> tables) {
    List<String> patterns =
        tables.stream()
            .filter(t -> !names.there().schema(t.schema()).equals(t.schema()))
            .map(t -> names.there().schema(t.schema()) + "." + t.table().replace(".", "\\."))
            .toList();
    Map<TableName, TableState> states = new HashMap<>();
    if (patterns.isEmpty()) {
      return states;
    }
    Catalog catalog = read(patterns);
    Map<TableName, SchemaObject> objects =
        StagedNames.byName(
            catalog.objects().stream().filter(o -> o.kind().equals(Kind.TABLE)).toList(),
            o -> new TableName(o.schema(), o.name()));
    catalog
        .tables()
        .forEach(
            t -> {
              SchemaObject object = objects.get(t.name());
              if (object != null) {
                TableState state = names.source(object, t);
                states.put(state.name(), state);
              }
            });
    return states;
  }

  /** Everything that the copies are now, under the names that they stand for. */
  Catalog catalog() {
    Catalog all = read(names.all());
    return new Catalog(
        all.objects().stream().map(names::source).toList(),
        all.tables().stream().map(t -> t.named(names.source(t.name()))).toList(),
        all.findings());
  }

  private Catalog read(List<String> patterns) {
    return CatalogReader.read(
        List.of(reader), connector.flavor(), new Selection(patterns, List.of()));
  }

  @Override
  public void close() throws SQLException {
    try {
      for (String schema : names.all()) {
        db.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
      }
    } finally {
      db.close();
      reader.close();
    }
  }
}
