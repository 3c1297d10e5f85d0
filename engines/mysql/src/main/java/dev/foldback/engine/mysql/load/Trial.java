package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.LoadRequest;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.ServerErrors;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.TableTrial;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a target of another family or version whether it takes a table's definition, by making it a
 * temporary table that this connection alone sees for a moment. So functions, types and limits that
 * differ are known before anything is written.
 */
final class Trial {
  private static final String NAME = "foldback_trial";

  /**
   * Errors that say nothing of the definition: full or failing storage, what an engine or a
   * temporary table can't have, names taken.
   */
  private static final Set<Integer> NO_ANSWER =
      Set.of(
          1005, 1021, 1030, 1114, 1290, 1792, 1836, // storage, read only
          1031, 1478, 1506, 1562, 1796, 3833, // engine, temporary
          1049, 1050, 3822); // names

  private final Db db;
  private final String schema;

  private Trial(Db db, String schema) {
    this.db = db;
    this.schema = schema;
  }

  /** Nothing where source and target are of one version, or there is no place for the question. */
  static Optional<Trial> of(Db db, Flavor target, LoadRequest request) throws SQLException {
    Flavor source = Flavor.parse(request.source().version());
    if (source.mariaDb() == target.mariaDb()
        && source.major() == target.major()
        && source.minor() == target.minor()) {
      return Optional.empty();
    }
    List<String> schemas =
        db.column(
            "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN"
                + " ('information_schema','performance_schema','mysql') ORDER BY"
                + " SCHEMA_NAME='sys'");
    return schemas.isEmpty() ? Optional.empty() : Optional.of(new Trial(db, schemas.getFirst()));
  }

  /** Why the target refuses the definition; nothing where it takes it or can't be asked. */
  Optional<String> refusal(String definition) {
    Optional<String> statement = TableTrial.statement(definition, schema, NAME);
    if (statement.isEmpty()) {
      return Optional.empty();
    }
    try {
      db.run(statement.get());
      db.run("DROP TEMPORARY TABLE " + Sql.name(schema, NAME));
      return Optional.empty();
    } catch (SQLException e) {
      return NO_ANSWER.contains(e.getErrorCode())
              || ServerErrors.isRightMissing(e)
              || ServerErrors.isPassing(e)
          ? Optional.empty()
          : Optional.of(Failures.text(e));
    }
  }
}
