package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What restores in place put aside: its list, its end, and its way back. */
final class KeptSwaps {
  private final Connector connector;
  private final Sessions sessions;
  private final Db db;

  /**
   * @param db of the restore's lock, where something is to be changed
   */
  KeptSwaps(Connector connector, Sessions sessions, Db db) {
    this.connector = connector;
    this.sessions = sessions;
    this.db = db;
  }

  List<KeptTables> all() throws SQLException {
    List<KeptTables> all = new ArrayList<>();
    for (SwapNote note : SwapNote.all(db)) {
      all.add(kept(note));
    }
    return all;
  }

  private KeptTables kept(SwapNote note) throws SQLException {
    Swap swap = note.swap();
    Set<String> schemas = swap.keptSchemas();
    String bytes =
        schemas.isEmpty()
            ? "0"
            : db.value(
                "SELECT CAST(COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) AS UNSIGNED) FROM"
                    + " information_schema.TABLES WHERE TABLE_SCHEMA IN "
                    + list(schemas));
    return new KeptTables(
        swap.id(),
        Instant.ofEpochSecond(note.at()),
        swap.what(),
        swap.aside().stream().map(Swap.Move::from).toList(),
        List.copyOf(schemas),
        Long.parseLong(bytes),
        note.state() == SwapNote.State.KEPT);
  }

  static String list(Set<String> schemas) {
    return "(" + String.join(", ", schemas.stream().map(Sql::text).toList()) + ")";
  }

  /** Deletes what it put aside, and nothing that others put beside it. */
  void release(String id) throws SQLException {
    Swap swap = find(id).swap();
    Set<TableName> own = new HashSet<>();
    swap.aside().forEach(move -> own.add(move.to()));
    if (!swap.keptSchemas().isEmpty()) {
      for (List<String> row :
          db.rows(
              "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA IN"
                  + " "
                  + list(swap.keptSchemas()))) {
        TableName name = new TableName(row.get(0), row.get(1));
        if (!own.contains(name)) {
          throw new FoldbackException(
              ErrorCode.TARGET_NOT_EMPTY,
              "table " + name + " was put there by somebody else; nothing was released",
              "Move it elsewhere, then release again.");
        }
      }
    }
    for (String schema : swap.keptSchemas()) {
      db.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
    }
    SwapNote.remove(db, id);
  }

  private SwapNote find(String id) throws SQLException {
    return SwapNote.find(db, id)
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.USAGE,
                    "nothing is kept under '" + id + "' on this server",
                    "See what is kept with 'foldback release' without an id."));
  }

  /** What was put aside takes its place again; what stands there is kept. */
  KeptTables putBack(String id, Findings findings) throws SQLException {
    Swap old = find(id).swap();
    Set<TableName> names = new HashSet<>();
    old.in().forEach(move -> names.add(move.to()));
    old.aside().forEach(move -> names.add(move.from()));
    old.wanted().forEach(o -> names.add(new TableName(o.schema(), o.name())));
    Set<String> schemas = new TreeSet<>();
    names.forEach(name -> schemas.add(name.schema()));
    old.found().stream().map(SchemaObject::schema).forEach(schemas::add);
    schemas.remove("");
    String back = SwapSession.newId(db);
    Swap named =
        Swap.named(back, id, "put back what " + id + " had put aside", connector.flavor().family());
    List<Swap.Move> in =
        old.aside().stream()
            .map(move -> new Swap.Move(move.to(), move.from(), move.apart()))
            .toList();
    SwapBuilder builder = SwapBuilder.read(connector, db, schemas);
    Swap swap = builder.build(named, in, old.found(), List.of(), names::contains);
    builder.requireParents();
    new Swapping(connector.flavor(), sessions, db, findings).run(swap);
    return kept(find(back));
  }
}
