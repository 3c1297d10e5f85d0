package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableChange;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.AlteredRows;
import dev.foldback.engine.mysql.ddl.DdlStatement;
import dev.foldback.engine.mysql.ddl.LoggedReach;
import dev.foldback.engine.mysql.ddl.NextValues;
import dev.foldback.engine.mysql.ddl.Translation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tables with their rows, in schemas of their own, for statements that change rows in a way that
 * only the server knows: loaded, converted, and read again.
 */
final class StagedRows implements AutoCloseable {
  private final Connector connector;
  private final Sessions sessions;
  private final StagedNames names;
  private final ServerInfo source;
  private final LoadWay way;
  private final Set<String> made = new HashSet<>();

  StagedRows(
      Connector connector, Sessions sessions, StagedNames names, ServerInfo source, LoadWay way) {
    this.way = way;
    this.connector = connector;
    this.sessions = sessions;
    this.names = names;
    this.source = source;
  }

  void load(TableState table, RowSource rows) {
    TableName target = names.there().table(table.name());
    try (Db db = sessions.fresh()) {
      create(db, table, target);
      if (!rows.isEmpty()) {
        fill(db, table, target, rows);
      }
    } catch (SQLException e) {
      throw Failures.of("loading the copy of " + table.name(), e);
    }
  }

  private void create(Db db, TableState table, TableName target) throws SQLException {
    Translation translation =
        Translation.of(
            source.family(),
            connector.flavor().family(),
            TargetCollations.read(db, connector.flavor()));
    schema(db, target.schema());
    db.run("DROP TABLE IF EXISTS " + Sql.name(target.schema(), target.table()));
    sequences(db, table);
    db.use(target.schema());
    db.run(names.rewriteTable(translation.table(table.object().definition())));
  }

  /** Defaults name them; rows that are loaded have their values. */
  private void sequences(Db db, TableState table) throws SQLException {
    for (TableName sequence : NextValues.of(table.object().definition(), table.object().schema())) {
      TableName copy = names.there().table(sequence);
      schema(db, copy.schema());
      db.run("CREATE SEQUENCE IF NOT EXISTS " + Sql.name(copy.schema(), copy.table()));
    }
  }

  private void fill(Db db, TableState table, TableName target, RowSource rows) throws SQLException {
    try {
      fillOnce(db, table, target, rows);
    } catch (SQLException e) {
      if (!LoadWay.isLocalRefused(e) || !way.refuseLocal()) {
        throw e;
      }
      create(db, table, target);
      fillOnce(db, table, target, rows);
    }
  }

  private void fillOnce(Db db, TableState table, TableName target, RowSource rows)
      throws SQLException {
    try (InputStream stream = rows.open()) {
      long stored = way.load(db.connection(), table.definition(), target, stream, rows.bytes());
      if (stored != rows.rows()) {
        throw new FoldbackException(
            ErrorCode.LOAD_FAILED,
            "the copy of " + table.name() + " took " + stored + " of " + rows.rows() + " rows",
            "Nothing was changed but that copy. Run the same command again.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a copy over from another set, as it is. */
  void take(StagedRows from, TableName old, TableName name) {
    TableName there = from.names.there().table(old);
    TableName here = names.there().table(name);
    try {
      sessions.with(
          db -> {
            schema(db, here.schema());
            db.run(
                "RENAME TABLE "
                    + Sql.name(there.schema(), there.table())
                    + " TO "
                    + Sql.name(here.schema(), here.table()));
            return 0;
          });
    } catch (SQLException e) {
      throw Failures.of("moving the copy of " + old, e);
    }
  }

  private void schema(Db db, String name) throws SQLException {
    if (made.add(name)) {
      db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(name));
    }
  }

  /** Runs the statement on the copies. Fails where what it makes of their rows can't be told. */
  void convert(DefinitionStep step, DdlStatement ddl) {
    LoggedStatement statement = step.statement();
    try (Db db = sessions.fresh()) {
      for (TableChange change : step.changes()) {
        if (change instanceof TableChange.Converted converted) {
          refuseUnknown(db, statement, ddl, converted);
          for (TableState after : converted.after()) {
            sequences(db, after);
          }
        }
      }
      for (String schema : names.all()) {
        schema(db, schema);
      }
      StagedCopies.run(
          db,
          new ProgramSession(db, connector.flavor()),
          names,
          new StatementSettings(source),
          statement,
          ddl);
    } catch (SQLException e) {
      throw Failures.of("repeating the statement at " + statement.at(), e);
    }
  }

  private void refuseUnknown(
      Db db, LoggedStatement statement, DdlStatement ddl, TableChange.Converted converted)
      throws SQLException {
    if (converted.before().size() != 1 || converted.after().size() != 1) {
      return;
    }
    TableName copy = names.there().table(converted.before().getFirst());
    String quoted = Sql.name(copy.schema(), copy.table());
    if (!made.contains(copy.schema())
        || !db.has("TABLE", copy)
        || db.column("SELECT 1 FROM " + quoted + " LIMIT 1").isEmpty()) {
      return;
    }
    TableState after = converted.after().getFirst();
    String before = db.rows("SHOW CREATE TABLE " + quoted).getFirst().get(1);
    Optional<String> why = AlteredRows.unknown(ddl, before, after.object().definition());
    if (why.isPresent()) {
      throw new FoldbackException(
          ErrorCode.LOG_NOT_FOLDABLE,
          "the statement at "
              + statement.at()
              + " "
              + why.get()
              + ": "
              + LoggedReach.of(statement).shown(),
          "Restore to a moment before it (--at "
              + statement.at()
              + "), leave "
              + after.name()
              + " out with --exclude, or take a new snapshot with foldback backup --full.");
    }
  }

  RowSource read(TableState table) {
    return new CopiedRows(connector, table.definition(), names.there().table(table.name()));
  }

  @Override
  public void close() throws SQLException {
    if (!made.isEmpty()) {
      sessions.with(
          db -> {
            for (String schema : made) {
              db.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
            }
            return 0;
          });
    }
  }
}
