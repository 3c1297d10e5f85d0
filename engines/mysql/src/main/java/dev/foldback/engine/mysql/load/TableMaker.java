package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.work.Workers;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.SchemaStatement;
import dev.foldback.engine.mysql.ddl.TableStages;
import dev.foldback.engine.mysql.ddl.Translation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Schemas, sequences and tables; a table's indexes and foreign keys. Safe for several threads. */
final class TableMaker {
  private static final int EXISTS = 1050;
  private static final int DUPLICATE_KEY_NAME = 1061;

  /** Tables that are noted as begun in one go, just before they are made. */
  private static final int BEGUN_AT_ONCE = 50;

  /** Bytes up to which adding indexes later costs more than it saves. */
  private static final long SMALL = 1 << 20;

  private final Flavor flavor;
  private final Findings findings;
  private final Sessions sessions;
  private final LoadPlan plan;
  private final Renames renames;
  private final int threads;
  private final Map<TableName, SchemaObject> definitions = new HashMap<>();
  private final Set<TableName> small;

  private Set<SchemaObject> madeFirst = Set.of();
  private @Nullable Translation translation;

  TableMaker(Flavor flavor, Sessions sessions, LoadPlan plan, int threads, Findings findings) {
    this.flavor = flavor;
    this.findings = findings;
    this.sessions = sessions;
    this.plan = plan;
    this.renames = plan.request().renames();
    this.threads = threads;
    this.small =
        plan.tables().stream()
            .filter(t -> t.estimatedBytes() <= SMALL)
            .map(TableDefinition::name)
            .collect(Collectors.toUnmodifiableSet());
    of(Kind.TABLE).forEach(o -> definitions.put(new TableName(o.schema(), o.name()), o));
  }

  TableName target(TableName table) {
    return renames.table(table);
  }

  /**
   * Everything up to the empty tables; those that an earlier run loaded stay as they are.
   *
   * @param note hears of everything before it is made
   */
  void createAll(Dropping dropping, OwnNote note) {
    try {
      sessions.with(
          db -> {
            createFirst(db);
            createSchemas(db);
            dropping.run(db);
            note.begun(o -> o.kind().equals(Kind.SEQUENCE) || isInvalidView(o));
            for (SchemaObject sequence : of(Kind.SEQUENCE)) {
              createSequence(db, sequence);
            }
            createInvalidViews();
            return 0;
          });
    } catch (SQLException e) {
      throw Failures.of("creating schemas and sequences", e);
    }
    Queue<TableName> queue = new ConcurrentLinkedQueue<>(definitions.keySet());
    queue.removeIf(plan.loaded()::contains);
    int most = Math.clamp(queue.size() / Math.max(1, threads), 1, BEGUN_AT_ONCE);
    Workers.run(
        "create",
        Math.max(1, Math.min(threads, queue.size())),
        () -> {
          List<TableName> some = next(queue, most);
          while (!some.isEmpty()) {
            note.mark(some.stream().map(this::entry).toList(), RestoreNote.State.BEGUN);
            some.forEach(table -> createNew(table, note));
            some = next(queue, most);
          }
        });
  }

  private static List<TableName> next(Queue<TableName> queue, int most) {
    List<TableName> some = new ArrayList<>();
    while (some.size() < most && !queue.isEmpty()) {
      @Nullable TableName table = queue.poll();
      if (table != null) {
        some.add(table);
      }
    }
    return some;
  }

  private RestoreNote.Entry entry(TableName table) {
    return RestoreNote.Entry.table(target(table));
  }

  /** A table that somebody else makes at this moment is not the restore's to drop. */
  private void createNew(TableName table, OwnNote note) {
    Retry.of(
        "creating table " + target(table),
        again -> {
          if (again) {
            recreate(table);
            return 0;
          }
          try {
            create(table);
          } catch (SQLException e) {
            if (e.getErrorCode() == EXISTS) {
              note.mark(List.of(entry(table)), RestoreNote.State.PLANNED);
              throw Dropping.notEmpty("table " + target(table));
            }
            throw e;
          }
          return 0;
        });
  }

  /**
   * What tables may need and is no schema's: general tablespaces, reference systems, remote
   * servers.
   */
  private void createFirst(Db db) throws SQLException {
    Rounds rounds =
        new Rounds(
            new ProgramSession(db, flavor),
            new ProgramText(flavor, plan.request(), this::translation),
            findings);
    rounds.run(of(Kind.TABLESPACE));
    rounds.run(of(Kind.REFERENCE_SYSTEM));
    rounds.run(of(Kind.SERVER));
    rounds.tellFailed();
  }

  private void createSchemas(Db db) throws SQLException {
    for (SchemaObject schema : of(Kind.SCHEMA)) {
      String definition =
          flavor.mariaDb()
              ? schema.definition()
              : SchemaStatement.withoutComment(schema.definition());
      String sql = translation().collations(definition, "");
      db.run(SchemaStatement.ifAbsent(sql, renames.schema(schema.name())));
    }
    // A table may go to a schema of which the snapshot has no definition.
    Set<String> all = new HashSet<>();
    for (SchemaObject object : plan.objects()) {
      if (!object.schema().isEmpty() && !object.kind().equals(Kind.SCHEMA)) {
        all.add(Kind.target(object, renames).schema());
      }
    }
    for (String schema : all) {
      db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(schema));
    }
  }

  private static boolean isInvalidView(SchemaObject object) {
    return object.kind().equals(Kind.VIEW) && "no".equals(object.context().get(Context.VALID));
  }

  private void createInvalidViews() throws SQLException {
    List<SchemaObject> invalid = plan.objects().stream().filter(TableMaker::isInvalidView).toList();
    if (invalid.isEmpty()) {
      return;
    }
    try (Db db = sessions.fresh()) {
      ProgramSession session = new ProgramSession(db, flavor);
      ProgramText text = new ProgramText(flavor, plan.request(), this::translation);
      madeFirst = new StandIns(session, text).first(invalid, new Rounds(session, text, findings));
    }
  }

  /** Views that were made before the tables. */
  Set<SchemaObject> madeFirst() {
    return madeFirst;
  }

  private void createSequence(Db db, SchemaObject sequence) throws SQLException {
    TableName target = renames.table(new TableName(sequence.schema(), sequence.name()));
    db.run(SchemaStatement.named(sequence.definition(), "SEQUENCE", target));
  }

  /** The table with the keys that loading needs. */
  private void create(TableName table) throws SQLException {
    sessions.with(
        db -> {
          db.use(target(table).schema());
          db.run(stages(table).create());
          return 0;
        });
  }

  /** Back to an empty table, whatever was loaded. */
  void recreate(TableName table) throws SQLException {
    TableName target = target(table);
    sessions.with(
        db -> {
          db.run("DROP TABLE IF EXISTS " + Sql.name(target.schema(), target.table()));
          return 0;
        });
    create(table);
  }

  /**
   * The indexes that {@link #create} left out.
   *
   * @param earlier an earlier run may have made some of them
   */
  void index(TableName table, boolean earlier) {
    if (isSmall(table)) {
      return;
    }
    TableStages stages = stages(table);
    Retry.of(
        "building the indexes of " + target(table),
        again ->
            sessions.with(
                db -> {
                  boolean some = earlier || again;
                  db.use(target(table).schema());
                  for (String sql : some ? stages.indexesOneByOne() : stages.indexes()) {
                    addIndexes(db, sql, some);
                  }
                  return 0;
                }));
  }

  private static void addIndexes(Db db, String sql, boolean again) throws SQLException {
    try {
      db.run(sql);
    } catch (SQLException e) {
      if (!again || e.getErrorCode() != DUPLICATE_KEY_NAME) {
        throw e;
      }
    }
  }

  Optional<String> foreignKeys(TableName table) {
    return stages(table).foreignKeys();
  }

  List<TableName> names() {
    return definitions.keySet().stream().sorted().toList();
  }

  String definition(TableName table) {
    return Objects.requireNonNull(definitions.get(table)).definition();
  }

  private TableStages stages(TableName table) {
    String definition = translation().table(definition(table));
    TableStages stages = new TableStages(table, definition, renames);
    return isSmall(table) ? stages.whole() : stages;
  }

  /** Whether the table is made with all its indexes at once. */
  boolean isSmall(TableName table) {
    return small.contains(table);
  }

  synchronized Translation translation() {
    if (translation == null) {
      try {
        translation =
            Translation.of(
                plan.request().source().family(),
                flavor.family(),
                sessions.with(db -> TargetCollations.read(db, flavor)));
      } catch (SQLException e) {
        throw Failures.of("reading the target's collations", e);
      }
    }
    return translation;
  }

  private List<SchemaObject> of(String kind) {
    return plan.objects().stream().filter(o -> o.kind().equals(kind)).toList();
  }
}
