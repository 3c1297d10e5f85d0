package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The note on the target that lets a restore go on after it was cut off: which restore is under
 * way, everything it set out to create, and how far each table is. It is a table of its own schema,
 * removed when the restore is complete.
 */
final class RestoreNote {
  static final String SCHEMA = "foldback_restore";
  private static final String TABLE = Sql.name(SCHEMA, "note");
  private static final int BATCH = 500;

  /** How far a table is. */
  enum State {
    PLANNED,
    LOADED,
    INDEXED
  }

  /** Something that the restore creates, under its name on the target. */
  record Entry(String kind, String schema, String name) {
    static Entry table(TableName name) {
      return new Entry("table", name.schema(), name.table());
    }
  }

  private final String restoreId;
  private final Map<Entry, State> states;

  private RestoreNote(String restoreId, Map<Entry, State> states) {
    this.restoreId = restoreId;
    this.states = states;
  }

  /** The note that is on the target, if any. */
  static Optional<RestoreNote> read(Db db) throws SQLException {
    if (!db.has("TABLE", new TableName(SCHEMA, "note"))) {
      return Optional.empty();
    }
    String id = "";
    Map<Entry, State> states = new HashMap<>();
    for (List<String> row : db.rows("SELECT kind, in_schema, name, state FROM " + TABLE)) {
      if (row.get(0).equals("restore")) {
        id = row.get(2);
      } else {
        states.put(new Entry(row.get(0), row.get(1), row.get(2)), State.valueOf(row.get(3)));
      }
    }
    return id.isEmpty() ? Optional.empty() : Optional.of(new RestoreNote(id, states));
  }

  String restoreId() {
    return restoreId;
  }

  boolean holds(Entry entry) {
    return states.containsKey(entry);
  }

  State state(Entry entry) {
    return states.getOrDefault(entry, State.PLANNED);
  }

  /**
   * Writes a new note. The restore's own row comes last: a note without it does not count, and then
   * nothing else was written either.
   */
  static void begin(Db db, String restoreId, List<Entry> entries) throws SQLException {
    remove(db);
    db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(SCHEMA));
    db.run(
        "CREATE TABLE "
            + TABLE
            + " (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, kind varchar(32) NOT NULL,"
            + " in_schema varchar(255) NOT NULL, name varchar(512) NOT NULL,"
            + " state varchar(16) NOT NULL, KEY (name(64)))"
            + " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            + " COMMENT='An unfinished Foldback restore. Run it again to go on, or drop this schema"
            + " to forget it.'");
    for (int from = 0; from < entries.size(); from += BATCH) {
      StringBuilder sql = new StringBuilder(insert());
      for (Entry e : entries.subList(from, Math.min(entries.size(), from + BATCH))) {
        sql.append(values(e, State.PLANNED)).append(',');
      }
      sql.setLength(sql.length() - 1);
      db.run(sql.toString());
    }
    db.run(insert() + values(new Entry("restore", "", restoreId), State.PLANNED));
  }

  /** Notes how far these are; none of them twice. */
  static void mark(Db db, List<Entry> entries, State state) throws SQLException {
    StringBuilder sql = new StringBuilder("UPDATE " + TABLE + " SET state='" + state + "' WHERE ");
    for (Entry entry : entries) {
      sql.append("kind=").append(Sql.text(entry.kind()));
      sql.append(" AND in_schema=").append(Sql.text(entry.schema()));
      sql.append(" AND name=").append(Sql.text(entry.name())).append(" OR ");
    }
    sql.setLength(sql.length() - " OR ".length());
    db.run(sql.toString());
  }

  static void remove(Db db) throws SQLException {
    db.run("DROP DATABASE IF EXISTS " + Sql.name(SCHEMA));
  }

  private static String insert() {
    return "INSERT INTO " + TABLE + " (kind, in_schema, name, state) VALUES ";
  }

  private static String values(Entry e, State state) {
    return "("
        + Sql.text(e.kind())
        + ","
        + Sql.text(e.schema())
        + ","
        + Sql.text(e.name())
        + ",'"
        + state
        + "')";
  }
}
