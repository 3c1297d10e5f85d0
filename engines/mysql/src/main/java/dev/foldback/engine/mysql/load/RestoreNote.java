package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The note on the target that lets a restore go on after it was cut off: which restore is under
 * way, everything it set out to create, and how far each of that is. Notes are in a table of its
 * own schema, which goes with the last of them.
 */
final class RestoreNote {
  static final String SCHEMA = "foldback_restore";
  private static final String TABLE = Sql.name(SCHEMA, "note");
  private static final String RESTORE = "restore";
  private static final int BATCH = 500;

  /** How far something is. */
  enum State {
    /** Not touched: what stands under its name is somebody else's. */
    PLANNED,
    /** What stands under its name was made by the restore, or replaces what it may drop. */
    BEGUN,
    LOADED,
    INDEXED
  }

  /** Something that the restore creates, under its name on the target. */
  record Entry(String kind, String schema, String name) {
    static Entry table(TableName name) {
      return new Entry(Kind.TABLE, name.schema(), name.table());
    }
  }

  private final String restoreId;
  private final Map<Entry, State> states = new HashMap<>();

  private RestoreNote(String restoreId) {
    this.restoreId = restoreId;
  }

  /** The notes that are on the target. One without the restore's own row was never finished. */
  static List<RestoreNote> all(Db db) throws SQLException {
    if (!exist(db)) {
      return List.of();
    }
    Map<String, RestoreNote> notes = new HashMap<>();
    List<RestoreNote> whole = new ArrayList<>();
    for (List<String> row :
        db.rows("SELECT restore, kind, in_schema, name, state FROM " + TABLE + " ORDER BY id")) {
      RestoreNote note = notes.computeIfAbsent(row.get(0), RestoreNote::new);
      if (row.get(1).equals(RESTORE)) {
        whole.add(note);
      } else {
        Entry entry = new Entry(row.get(1), row.get(2), row.get(3));
        note.states.put(entry, State.valueOf(row.get(4)));
      }
    }
    return whole;
  }

  /** The note of that restore, if it has one. */
  static Optional<RestoreNote> read(Db db, String restoreId) throws SQLException {
    return all(db).stream().filter(n -> n.restoreId.equals(restoreId)).findFirst();
  }

  private static boolean exist(Db db) throws SQLException {
    return db.has("TABLE", new TableName(SCHEMA, "note"));
  }

  String restoreId() {
    return restoreId;
  }

  /** What the restore set out to create. */
  Set<Entry> entries() {
    return Set.copyOf(states.keySet());
  }

  State state(Entry entry) {
    return states.getOrDefault(entry, State.PLANNED);
  }

  /** Whether what stands under that name was made by this restore. */
  boolean isBegun(Entry entry) {
    return state(entry) != State.PLANNED;
  }

  /** Whether the table has all its rows. */
  boolean isLoaded(Entry table) {
    State state = state(table);
    return state == State.LOADED || state == State.INDEXED;
  }

  /**
   * Writes a new note. The restore's own row comes last: a note without it does not count, and then
   * nothing else was written either.
   */
  static void begin(Db db, String restoreId, List<Entry> entries) throws SQLException {
    db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(SCHEMA));
    db.run(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, restore varchar(64) NOT NULL,"
            + " kind varchar(32) NOT NULL, in_schema varchar(255) NOT NULL,"
            + " name varchar(512) NOT NULL, state varchar(16) NOT NULL, KEY (name(64)))"
            + " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            + " COMMENT='An unfinished Foldback restore. Run it again to go on, or drop this schema"
            + " to forget it.'");
    forget(db, restoreId);
    add(db, restoreId, entries);
    add(db, restoreId, List.of(new Entry(RESTORE, "", restoreId)));
  }

  /** Notes more that the restore will create. */
  static void add(Db db, String restoreId, List<Entry> entries) throws SQLException {
    for (int from = 0; from < entries.size(); from += BATCH) {
      StringBuilder sql =
          new StringBuilder("INSERT INTO " + TABLE + " (restore, kind, in_schema, name, state)");
      String before = " VALUES ";
      for (Entry e : entries.subList(from, Math.min(entries.size(), from + BATCH))) {
        sql.append(before).append('(').append(Sql.text(restoreId)).append(',');
        sql.append(Sql.text(e.kind())).append(',').append(Sql.text(e.schema())).append(',');
        sql.append(Sql.text(e.name())).append(",'").append(State.PLANNED).append("')");
        before = ",";
      }
      db.run(sql.toString());
    }
  }

  /** Notes how far these are; none of them twice. */
  static void mark(Db db, String restoreId, List<Entry> entries, State state) throws SQLException {
    StringBuilder sql =
        new StringBuilder("UPDATE " + TABLE + " SET state='" + state + "'" + own(restoreId));
    String before = " AND (";
    for (Entry entry : entries) {
      sql.append(before).append("kind=").append(Sql.text(entry.kind()));
      sql.append(" AND in_schema=").append(Sql.text(entry.schema()));
      sql.append(" AND name=").append(Sql.text(entry.name()));
      before = " OR ";
    }
    db.run(sql.append(')').toString());
  }

  /** Forgets that restore. */
  static void remove(Db db, String restoreId) throws SQLException {
    if (!exist(db)) {
      return;
    }
    forget(db, restoreId);
    if (db.value("SELECT COUNT(*) FROM " + TABLE + " WHERE kind='" + RESTORE + "'").equals("0")) {
      db.run("DROP DATABASE IF EXISTS " + Sql.name(SCHEMA));
    }
  }

  /** Rows of no restore count for nothing. To delete them would take one more right. */
  private static void forget(Db db, String restoreId) throws SQLException {
    db.run("UPDATE " + TABLE + " SET restore='', kind='gone'" + own(restoreId));
  }

  private static String own(String restoreId) {
    return " WHERE restore=" + Sql.text(restoreId);
  }
}
