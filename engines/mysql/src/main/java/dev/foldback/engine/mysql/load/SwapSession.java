package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowSink;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.ddl.SchemaStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A restore in place: everything is loaded beside, and its end is that tables change places. */
final class SwapSession implements LoadSession {
  private final Connector connector;
  private final LoadPlan plan;
  private final MySqlLoadSession beside;

  private SwapSession(Connector connector, LoadPlan plan, MySqlLoadSession beside) {
    this.connector = connector;
    this.plan = plan;
    this.beside = beside;
  }

  /**
   * @param beside what loads the tables under the names of {@link SwapPlanner#beside}
   */
  static LoadSession of(Connector connector, LoadPlan plan, MySqlLoadSession beside) {
    return new SwapSession(connector, plan, beside);
  }

  @Override
  public void createTables() {
    try {
      beside.control().with(this::createStages);
    } catch (SQLException e) {
      throw Failures.of("creating schemas", e);
    }
    beside.createTables();
  }

  /** With the collations of those that they stand for: sequences have them of their schema. */
  private int createStages(Db db) throws SQLException {
    Map<String, String> stages = SwapPlanner.stages(plan.request());
    for (SchemaObject schema : plan.request().objects()) {
      String stage = stages.get(schema.name());
      if (schema.kind().equals(Kind.SCHEMA) && stage != null) {
        String definition =
            connector.flavor().mariaDb()
                ? schema.definition()
                : SchemaStatement.withoutComment(schema.definition());
        db.run(SchemaStatement.ifAbsent(beside.translation().collations(definition, ""), stage));
      }
    }
    return stages.size();
  }

  @Override
  public void load(TableDefinition table, RowSource rows) {
    beside.load(table, rows);
  }

  @Override
  public void buildIndexes(TableDefinition table) {
    beside.buildIndexes(table);
  }

  @Override
  public void createPrograms() {
    beside.createPrograms();
  }

  @Override
  public long read(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks) {
    return beside.read(table, slice, sinks);
  }

  @Override
  public void again(Collection<TableDefinition> tables) {
    beside.again(tables);
  }

  @Override
  public void complete() {
    if (!beside.missing().isEmpty()) {
      throw new FoldbackException(
          dev.foldback.core.ErrorCode.NOT_RESTORABLE,
          "not all of the tables could be made as they were: "
              + beside.missing().getFirst().subject()
              + " "
              + beside.missing().getFirst().message()
              + "; nothing of what was there is changed",
          beside.missing().getFirst().hint());
    }
    try {
      String id = beside.control().with(SwapSession::newId);
      String what =
          plan.tables().size()
              + " tables restored in place by restore "
              + plan.request().restoreId();
      Swap swap =
          beside
              .control()
              .with(
                  db -> {
                    SwapBuilder builder = SwapPlanner.builder(connector, db, plan.request());
                    Swap built = SwapPlanner.swap(builder, plan, id, what);
                    builder.requireParents();
                    return built;
                  });
      beside
          .control()
          .with(
              db -> {
                new Swapping(connector.flavor(), beside.sessions(), db, beside.found()).run(swap);
                return 0;
              });
      if (!swap.aside().isEmpty()) {
        beside
            .found()
            .add(
                Finding.info(
                    "kept",
                    swap.aside().size() + (swap.aside().size() == 1 ? " table" : " tables"),
                    "what was there is kept in "
                        + String.join(", ", swap.keptSchemas())
                        + " until 'foldback release' with "
                        + id));
      }
    } catch (SQLException e) {
      throw Failures.of("changing the tables' places", e);
    }
  }

  /** By the server's clock, so that people can tell them apart. */
  static String newId(Db db) throws SQLException {
    String id = db.value("SELECT DATE_FORMAT(NOW(), '%Y%m%d%H%i%s')");
    List<String> taken = new ArrayList<>();
    for (SwapNote note : SwapNote.all(db)) {
      taken.add(note.swap().id());
    }
    String free = id;
    for (int i = 2; taken.contains(free); i++) {
      free = id + "x" + i;
    }
    return free;
  }

  @Override
  public List<Finding> findings() {
    return beside.findings();
  }

  @Override
  public List<Finding> missing() {
    return beside.missing();
  }

  @Override
  public void close() {
    beside.close();
  }
}
