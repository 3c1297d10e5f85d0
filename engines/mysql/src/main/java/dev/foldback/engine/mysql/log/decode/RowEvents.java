package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.RowImage;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what the row events say. Not for several threads. */
final class RowEvents {
  private static final int MOST_KNOWN = 10_000;

  /** Flags of a row event: foreign keys were not checked; the server followed them itself. */
  private static final int UNCHECKED = 2;

  private static final int FOLLOWED = 16;

  /** What is known of a table number; no layout where its table is not wanted. */
  private static final class Known {
    final byte[] body;
    final TableName name;
    final @Nullable RowLayout layout;

    Known(byte[] body, TableName name, @Nullable RowLayout layout) {
      this.body = body;
      this.name = name;
      this.layout = layout;
    }

    boolean says(Event event) {
      return Arrays.equals(body, 0, body.length, event.bytes(), event.bodyStart(), event.bodyEnd());
    }
  }

  private final Function<TableName, @Nullable LoggedTable> tables;
  private final ChangeListener listener;
  private final Map<Long, Known> known = new HashMap<>();
  private final Cursor in = new Cursor();
  private @Nullable Known last;
  private long lastId;
  private boolean cascades;
  private boolean mariaDb;

  /** Of the statement whose rows come. */
  Annotation said = Annotation.NONE;

  RowEvents(Function<TableName, @Nullable LoggedTable> tables, ChangeListener listener) {
    this.tables = tables;
    this.listener = listener;
  }

  /** Definitions may have changed. */
  void forget() {
    known.clear();
    last = null;
  }

  void begin(boolean ofMariaDb) {
    mariaDb = ofMariaDb;
    said = Annotation.NONE;
    cascades = true;
  }

  void map(Event event, LogPlace at) {
    long id = TableMap.id(event);
    Known old = known.get(id);
    if (old == null || !old.says(event)) {
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      TableMap map = new TableMap(event);
      LoggedTable table = tables.apply(map.name);
      RowLayout layout = table == null ? null : new RowLayout(table, map, at);
      byte[] body = Arrays.copyOfRange(event.bytes(), event.bodyStart(), event.bodyEnd());
      old = new Known(body, map.name, layout);
      known.put(id, old);
    }
    last = old;
    lastId = id;
  }

  /**
   * @param withRollback only tables that a rollback leaves as they are
   * @return whether something was told
   */
  boolean rows(Event event, LogPlace at, boolean withRollback) {
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    int type = event.type();
    long id = in.little(6);
    int flags = in.u16();
    boolean partial = type == EventType.PARTIAL_UPDATE_ROWS;
    if (partial || isVersion2(type)) {
      in.take(in.u16() - 2L);
    }
    Known table = last != null && lastId == id ? last : known.get(id);
    if (table == null) {
      throw LogErrors.damaged(at, "rows of a table that was not named before");
    }
    RowLayout layout = table.layout;
    if (layout == null || (withRollback && layout.table.isTransactional())) {
      return false;
    }
    if (layout.table.lacksHistory()) {
      throw LogErrors.refused(
          at,
          "changes " + table.name + ", which keeps its history by transaction numbers",
          "Version it by TIMESTAMP(6) columns, or leave it out with --exclude.");
    }
    if (layout.table.showsOthers()) {
      throw LogErrors.refused(
          at,
          "changes rows by way of " + table.name + ", a MERGE table, and not of which table",
          "Take a new snapshot with foldback backup --full.");
    }
    foreignKeys(flags);
    if (in.packed() != layout.columns()) {
      throw LogErrors.damaged(at, "rows with another number of columns than their table");
    }
    int bytes = (layout.columns() + 7) / 8;
    int before = in.take(bytes);
    int after = isUpdate(type) ? in.take(bytes) : before;
    if (isCompressed(type)) {
      inflate(bytes, before, after);
      before = 0;
      after = isUpdate(type) ? bytes : 0;
    }
    tell(type, layout, before, after, at);
    return true;
  }

  private void inflate(int bitmap, int before, int after) {
    byte[] rows = Inflated.event(in.bytes, in.at, in.end);
    byte[] all = new byte[2 * bitmap + rows.length];
    System.arraycopy(in.bytes, before, all, 0, bitmap);
    System.arraycopy(in.bytes, after, all, bitmap, bitmap);
    System.arraycopy(rows, 0, all, 2 * bitmap, rows.length);
    in.set(all, 2 * bitmap, all.length);
  }

  private void tell(int type, RowLayout layout, int before, int after, LogPlace at) {
    if (layout.table.isSequence()) {
      while (in.at < in.end) {
        layout.read(in, after, layout.after);
        sequence(layout);
      }
      return;
    }
    while (in.at < in.end) {
      if (isUpdate(type)) {
        layout.read(in, before, layout.before);
        after(type, layout, after, at);
        sound(at);
        listener.update(layout.table.definition(), layout.before, layout.after);
      } else if (isInsert(type)) {
        layout.readNew(in, after);
        sound(at);
        listener.insert(layout.table.definition(), layout.after);
      } else {
        layout.read(in, before, layout.before);
        sound(at);
        listener.delete(layout.table.definition(), layout.before);
      }
    }
  }

  private void sound(LogPlace at) {
    if (in.at > in.end) {
      throw LogErrors.damaged(at, "a row that is longer than its event");
    }
  }

  private void foreignKeys(int flags) {
    boolean now = (flags & (UNCHECKED | FOLLOWED)) == 0;
    if (now != cascades) {
      cascades = now;
      listener.cascades(now);
    }
  }

  private void after(int type, RowLayout layout, int present, LogPlace at) {
    if (mariaDb) {
      replaced(layout, present, at);
      return;
    }
    if (type != EventType.PARTIAL_UPDATE_ROWS) {
      layout.read(in, present, layout.after);
      return;
    }
    try {
      layout.readPartial(in, present);
    } catch (UnfitEditsException e) {
      String table = layout.table.name().toString();
      throw LogErrors.damaged(at, "parts of JSON documents of " + table + ": " + e.getMessage(), e);
    }
  }

  /**
   * MariaDB logs a REPLACE of a row as its update. Under MINIMAL the columns that it set to their
   * defaults are left out then, as those are that an UPDATE left as they were.
   */
  private void replaced(RowLayout layout, int present, LogPlace at) {
    if (said == Annotation.REPLACE) {
      layout.readNew(in, present);
      return;
    }
    layout.read(in, present, layout.after);
    if (said != Annotation.PLAIN && layout.after.absentCount > 0 && layout.hasKey(layout.after)) {
      throw LogErrors.refused(
          at,
          "updates a row of "
              + layout.table.name()
              + " under binlog_row_image=MINIMAL or NOBLOB, maybe by a REPLACE, whose defaults"
              + " MariaDB does not log",
          "Run SET GLOBAL binlog_row_image='FULL' on the source, or else keep"
              + " binlog_annotate_row_events=ON, and take a new snapshot with foldback backup"
              + " --full.");
    }
  }

  private void sequence(RowLayout layout) {
    RowImage image = layout.after;
    RowBuffer text = image.text;
    Map<String, String> state = new LinkedHashMap<>();
    for (int i = 0; i < image.ends.length; i++) {
      int start = image.start(i);
      state.put(
          LoggedTable.SEQUENCE.get(i),
          new String(text.bytes, start, image.ends[i] - start, StandardCharsets.US_ASCII));
    }
    listener.sequence(layout.table.name(), state);
  }

  private static boolean isVersion2(int type) {
    return (type >= EventType.WRITE_ROWS_V2 && type <= EventType.DELETE_ROWS_V2)
        || (type >= EventType.WRITE_ROWS_COMPRESSED_V2
            && type <= EventType.DELETE_ROWS_COMPRESSED_V2);
  }

  private static boolean isCompressed(int type) {
    return type >= EventType.WRITE_ROWS_COMPRESSED_V1
        && type <= EventType.DELETE_ROWS_COMPRESSED_V2;
  }

  private static boolean isInsert(int type) {
    return switch (type) {
      case EventType.WRITE_ROWS_V1,
          EventType.WRITE_ROWS_V2,
          EventType.WRITE_ROWS_COMPRESSED_V1,
          EventType.WRITE_ROWS_COMPRESSED_V2 ->
          true;
      default -> false;
    };
  }

  private static boolean isUpdate(int type) {
    return switch (type) {
      case EventType.UPDATE_ROWS_V1,
          EventType.UPDATE_ROWS_V2,
          EventType.UPDATE_ROWS_COMPRESSED_V1,
          EventType.UPDATE_ROWS_COMPRESSED_V2,
          EventType.PARTIAL_UPDATE_ROWS ->
          true;
      default -> false;
    };
  }
}
