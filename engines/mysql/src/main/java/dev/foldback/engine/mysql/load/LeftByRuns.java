package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What runs left that did not come to their end. Notes tell of restores, and names of schemas of
 * what has no note (any more). Whether a run is at work its lock tells, which goes with its
 * connection.
 */
final class LeftByRuns {
  private final Db db;

  LeftByRuns(Db db) {
    this.db = db;
  }

  List<Unfinished> all() throws SQLException {
    List<Unfinished> all = new ArrayList<>();
    boolean restoring = isHeld(Control.LOCK);
    Set<String> noted = new HashSet<>();
    Map<String, Set<String>> stages = ownSchemas(OwnSchemas.SWAPPED_IN, "_[0-9]+$");
    for (RestoreNote note : RestoreNote.all(db)) {
      noted.add(note.restoreId());
      all.add(of(note, stages.getOrDefault(note.restoreId(), Set.of()), restoring));
    }
    stages.forEach(
        (id, schemas) -> {
          if (!noted.contains(id)) {
            all.add(empty(id, Unfinished.Kind.IN_PLACE, schemas, restoring));
          }
        });
    for (var copies : ownSchemas(OwnSchemas.COPIES, "_.*$").entrySet()) {
      boolean running = isHeld(OwnSchemas.COPIES + copies.getKey());
      all.add(empty(copies.getKey(), Unfinished.Kind.COPIES, copies.getValue(), running));
    }
    Set<String> kept = new HashSet<>();
    for (SwapNote note : SwapNote.all(db)) {
      kept.add(note.swap().id());
    }
    ownSchemas(OwnSchemas.KEPT + "_", "_[0-9]+$")
        .forEach(
            (id, schemas) -> {
              if (!kept.contains(id)) {
                all.add(empty(id, Unfinished.Kind.UNNOTED, schemas, restoring));
              }
            });
    return measured(all);
  }

  private static Unfinished empty(
      String id, Unfinished.Kind kind, Set<String> schemas, boolean running) {
    return new Unfinished(id, kind, Optional.empty(), List.of(), List.copyOf(schemas), 0, running);
  }

  private static Unfinished of(RestoreNote note, Set<String> stages, boolean running) {
    List<TableName> tables = new ArrayList<>();
    boolean inPlace = false;
    for (RestoreNote.Entry entry : note.entries()) {
      inPlace |= entry.schema().startsWith(OwnSchemas.SWAPPED_IN);
      if (entry.kind().equals(Kind.TABLE) && note.isBegun(entry)) {
        tables.add(new TableName(entry.schema(), entry.name()));
      }
    }
    return new Unfinished(
        note.restoreId(),
        inPlace ? Unfinished.Kind.IN_PLACE : Unfinished.Kind.BESIDE,
        Optional.empty(),
        tables,
        List.copyOf(stages),
        0,
        running);
  }

  /** Schemas that begin so, by what is left of their names without the end. */
  private Map<String, Set<String>> ownSchemas(String beginning, String end) throws SQLException {
    Map<String, Set<String>> schemas = new TreeMap<>();
    for (String schema :
        db.column("SHOW DATABASES LIKE '" + beginning.replace("_", "\\_") + "%'")) {
      String id = schema.substring(beginning.length()).replaceFirst(end, "");
      schemas.computeIfAbsent(id, _ -> new TreeSet<>()).add(schema);
    }
    return schemas;
  }

  /** By another connection. */
  private boolean isHeld(String lock) throws SQLException {
    String holder = "IS_USED_LOCK(" + Sql.text(lock) + ")";
    return db.value("SELECT COALESCE(" + holder + ", CONNECTION_ID()) <> CONNECTION_ID()")
        .equals("1");
  }

  /** A table as the server has it. */
  private record Size(TableName name, long bytes, Optional<Instant> made) {}

  /**
   * With what is there of their tables: in schemas of Foldback's own all, else those of the note.
   */
  private List<Unfinished> measured(List<Unfinished> all) throws SQLException {
    Set<String> schemas = new TreeSet<>();
    all.forEach(each -> each.tables().forEach(table -> schemas.add(table.schema())));
    all.forEach(each -> schemas.addAll(each.schemas()));
    List<Size> sizes = sizes(schemas);
    return all.stream().map(each -> measured(each, sizes)).toList();
  }

  private static Unfinished measured(Unfinished each, List<Size> sizes) {
    Set<TableName> noted = new HashSet<>(each.tables());
    Set<String> own = Set.copyOf(each.schemas());
    List<Size> there =
        sizes.stream()
            .filter(s -> own.contains(s.name().schema()) || noted.contains(s.name()))
            .toList();
    return new Unfinished(
        each.id(),
        each.kind(),
        there.stream().flatMap(s -> s.made().stream()).min(Instant::compareTo),
        there.stream().map(Size::name).toList(),
        each.schemas(),
        there.stream().mapToLong(Size::bytes).sum(),
        each.running());
  }

  private List<Size> sizes(Set<String> schemas) throws SQLException {
    List<Size> sizes = new ArrayList<>();
    if (schemas.isEmpty()) {
      return sizes;
    }
    for (List<String> row :
        db.rows(
            "SELECT TABLE_SCHEMA, TABLE_NAME, CAST(COALESCE(DATA_LENGTH + INDEX_LENGTH, 0) AS"
                + " UNSIGNED), FLOOR(UNIX_TIMESTAMP(CREATE_TIME)) FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA IN "
                + KeptSwaps.list(schemas)
                + " ORDER BY TABLE_SCHEMA, TABLE_NAME")) {
      Optional<Instant> made =
          row.get(3).isEmpty()
              ? Optional.empty()
              : Optional.of(Instant.ofEpochSecond(Long.parseLong(row.get(3))));
      sizes.add(new Size(new TableName(row.get(0), row.get(1)), Long.parseLong(row.get(2)), made));
    }
    return sizes;
  }

  /**
   * Removes it. To be called under the restore's lock, which {@code db} holds.
   *
   * @param plain for what is not in the server's log: notes of restores beside, and copies
   */
  Unfinished giveUp(String id, Sessions plain) throws SQLException {
    Unfinished left = find(id);
    switch (left.kind()) {
      case IN_PLACE -> {
        requireOwn(left);
        drop(db, left.schemas());
        RestoreNote.remove(db, id);
      }
      case BESIDE ->
          plain.with(
              unlogged -> {
                RestoreNote.remove(unlogged, id);
                return 0;
              });
      case COPIES ->
          plain.with(
              unlogged -> {
                dropCopies(unlogged, left);
                return 0;
              });
      case UNNOTED ->
          throw new FoldbackException(
              ErrorCode.TARGET_NOT_EMPTY,
              "what is in "
                  + String.join(", ", left.schemas())
                  + " was put aside, and no note tells any more where from; it is left as it is",
              "Look at its tables. What is not needed goes with DROP DATABASE.");
    }
    return left;
  }

  private Unfinished find(String id) throws SQLException {
    return all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.USAGE,
                    "nothing unfinished is under '" + id + "' on this server",
                    "See what there is with 'foldback release' without an id."));
  }

  /** Whoever made something of their own there will want it. */
  private void requireOwn(Unfinished left) throws SQLException {
    Optional<RestoreNote> note = RestoreNote.read(db, left.id());
    if (note.isEmpty()) {
      return;
    }
    Set<TableName> own = new HashSet<>();
    note.get().entries().stream()
        .filter(note.get()::isBegun)
        .forEach(entry -> own.add(new TableName(entry.schema(), entry.name())));
    for (TableName table : left.tables()) {
      if (!own.contains(table)) {
        throw new FoldbackException(
            ErrorCode.TARGET_NOT_EMPTY,
            "table " + table + " was put there by somebody else; nothing was removed",
            "Move it elsewhere, then give the restore up again.");
      }
    }
  }

  private static void dropCopies(Db unlogged, Unfinished left) throws SQLException {
    String lock = Sql.text(OwnSchemas.COPIES + left.id());
    if (!unlogged.value("SELECT GET_LOCK(" + lock + ", 0)").equals("1")) {
      throw new FoldbackException(
          ErrorCode.LEASE_HELD,
          "a run works on the copies in " + String.join(", ", left.schemas()),
          "Wait for it to end, or stop it.");
    }
    try {
      drop(unlogged, left.schemas());
    } finally {
      unlogged.value("SELECT RELEASE_LOCK(" + lock + ")");
    }
  }

  private static void drop(Db db, List<String> schemas) throws SQLException {
    for (String schema : schemas) {
      db.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
    }
  }
}
