package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.RowImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What foreign keys did to rows without the log saying so. Each time a row goes, or changes what
 * others point to, an event is kept: of which values, when. A row of the other table that still
 * points there, and was last changed before, is then changed as the server did it, while it streams
 * out of the fold; and what that means for tables further down is worked out before they do.
 *
 * <p>Time is the number of the change in the log. When a row was last changed is kept by a 64-bit
 * hash of its key, only for tables that such a key belongs to. A row that was changed so and came
 * back under the same key does not fit its log and fails the fold.
 */
final class Cascades {
  /** Rows of these tables whose last change is remembered; 16 to 32 bytes each. */
  private static final int MOST_ROWS = 4_000_000;

  /** Events that are kept: some 200 bytes each. */
  private static final int MOST_EVENTS = 500_000;

  private static final int ROUNDS = 100;

  private final Map<Life, LastChanges> changes = new HashMap<>();
  private final Map<Life, Map<Link, Events>> events = new HashMap<>();
  private Links links;
  private long now;
  private boolean acting = true;
  private int remembered;
  private int kept;
  private LogPlace place = new LogPlace("", 0);

  Cascades(Links links) {
    this.links = links;
  }

  /** One thing that happened to the rows of a parent. */
  static final class Event {
    private final long time;
    private final boolean deleted;
    private final byte[] to;
    private final Links links;

    /**
     * @param time the number of the change in the log
     * @param to the new values; none where the row went
     * @param links the keys that there were then
     */
    Event(long time, boolean deleted, byte[] to, Links links) {
      this.time = time;
      this.deleted = deleted;
      this.to = to;
      this.links = links;
    }

    long time() {
      return time;
    }

    boolean deleted() {
      return deleted;
    }

    byte[] to() {
      return to;
    }
  }

  /** Events by the values that they are about. */
  static final class Events {
    private final Map<String, List<Event>> byValues = new HashMap<>();

    boolean add(byte[] values, Event event) {
      List<Event> all =
          byValues.computeIfAbsent(
              new String(values, StandardCharsets.ISO_8859_1), v -> new ArrayList<>());
      boolean known =
          all.stream().anyMatch(e -> e.time == event.time && e.deleted == event.deleted);
      if (!known) {
        int at = all.size();
        while (at > 0 && all.get(at - 1).time > event.time) {
          at--;
        }
        all.add(at, event);
      }
      return !known;
    }

    List<Event> of(byte[] values) {
      return byValues.getOrDefault(new String(values, StandardCharsets.ISO_8859_1), List.of());
    }
  }

  /** Tables are others now. */
  void links(Links now) {
    links = now;
  }

  void begin(LogPlace at) {
    place = at;
    acting = true;
  }

  void acting(boolean unlogged) {
    acting = unlogged;
  }

  /** Whether a key may change rows of the life below the log. */
  boolean mayAct(Life life) {
    return !links.to(life).isEmpty();
  }

  void inserted(Life life, RowImage row) {
    now++;
    if (links.isEmpty()) {
      return;
    }
    remember(life, row);
    if (!events.containsKey(life)) {
      return;
    }
    // A row of the same key may have gone below the log. If so, what pointed to it is no more.
    for (Link link : links.from(life)) {
      if (link.key().onDelete() != Action.NONE) {
        refuseMoving(life, link);
        add(link, image(link, row), new Event(now, true, new byte[0], links));
      }
    }
  }

  /**
   * Where what is pointed to may itself have changed below the log, going and moving look alike.
   */
  private void refuseMoving(Life life, Link link) {
    for (Link above : links.to(life)) {
      if (above.key().onUpdate() == Action.NONE && above.key().onDelete() != Action.SET_NULL) {
        continue;
      }
      for (int column : above.childColumns()) {
        for (int pointed : link.parentColumns()) {
          if (column == pointed) {
            throw refused(link, "over a column that another such key sets");
          }
        }
      }
    }
  }

  void deleted(Life life, RowImage before) {
    now++;
    if (links.isEmpty()) {
      return;
    }
    if (acting) {
      for (Link link : links.from(life)) {
        if (link.key().onDelete() != Action.NONE) {
          add(link, image(link, before), new Event(now, true, new byte[0], links));
        }
      }
    }
  }

  void updated(Life life, RowImage before, RowImage after) {
    now++;
    if (links.isEmpty()) {
      return;
    }
    remember(life, after);
    if (acting) {
      for (Link link : links.from(life)) {
        if (link.key().onUpdate() != Action.NONE && changes(link, before, after)) {
          refuseNewKeys(link);
          add(
              link,
              image(link, before),
              new Event(now, false, Values.of(after, link.parentColumns()), links));
        }
      }
    }
  }

  /** A row that gets another key of its own would be two rows in the fold. */
  private void refuseNewKeys(Link link) {
    for (int column : link.childColumns()) {
      for (int own : Values.key(link.child().folded())) {
        if (column == own && link.key().onUpdate() == Action.CASCADE) {
          throw refused(link, "part of the rows' own key");
        }
      }
    }
  }

  private static boolean changes(Link link, RowImage before, RowImage after) {
    for (int column : link.parentColumns()) {
      if (column >= 0 && !after.absent[column]) {
        if (before.absent[column]) {
          return true;
        }
        if (!Values.same(before, after, column)) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] image(Link link, RowImage row) {
    if (!link.key().sameBytes()) {
      throw refused(link, "over text, which the server compares by a collation");
    }
    for (int column : link.parentColumns()) {
      if (column < 0 || row.absent[column]) {
        throw refused(link, "over a column whose value the log leaves out");
      }
    }
    return Values.of(row, link.parentColumns());
  }

  private FoldbackException refused(Link link, String why) {
    return new FoldbackException(
        ErrorCode.LOG_NOT_FOLDABLE,
        "at "
            + place
            + " rows of "
            + link.key().parent()
            + " went or changed, and what a foreign key of "
            + link.key().child()
            + " did then is not in the log; the key is "
            + why,
        "Restore to a moment before that place (--at "
            + place
            + "), or leave "
            + link.key().child()
            + " out with --exclude.");
  }

  private void add(Link link, byte[] values, Event event) {
    if (!Values.hasNull(values)) {
      if (++kept > MOST_EVENTS) {
        throw refused(link, "used more often than can be followed");
      }
      events
          .computeIfAbsent(link.child(), l -> new HashMap<>())
          .computeIfAbsent(link, l -> new Events())
          .add(values, event);
    }
  }

  private void remember(Life life, RowImage row) {
    if (links.to(life).isEmpty()) {
      return;
    }
    LastChanges last = changes.computeIfAbsent(life, l -> new LastChanges(Values.key(l.folded())));
    if (last.put(row, now) && ++remembered > MOST_ROWS) {
      throw new FoldbackException(
          ErrorCode.LOG_NOT_FOLDABLE,
          "up to "
              + place
              + " more than "
              + MOST_ROWS
              + " rows changed in tables whose foreign keys act below the log",
          "Restore from a newer snapshot, or to an earlier moment.");
    }
  }

  /**
   * Works out what keys of tables further down did, round after round until nothing is new.
   *
   * @param rows of a life with what is known so far
   */
  void settle(Function<Life, RowSource> rows) {
    for (int round = 0; round < ROUNDS; round++) {
      boolean more = false;
      for (Life life : new ArrayList<>(events.keySet())) {
        if (leadsOn(life)) {
          Set<Boolean> found = new HashSet<>();
          drain(new CascadedRows(this, life, rows.apply(life), (f) -> found.add(true)));
          more |= !found.isEmpty();
        }
      }
      if (!more) {
        return;
      }
    }
    throw new FoldbackException(
        ErrorCode.LOG_NOT_FOLDABLE,
        "foreign keys that act below the log lead in a circle of more than " + ROUNDS + " rounds",
        "Restore to an earlier moment, and report this.");
  }

  private boolean leadsOn(Life life) {
    return events.getOrDefault(life, Map.of()).values().stream()
        .flatMap(e -> e.byValues.values().stream())
        .flatMap(List::stream)
        .anyMatch(e -> !e.links.from(life).isEmpty());
  }

  private static void drain(RowSource rows) {
    try (InputStream all = rows.open()) {
      all.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<Link, Events> of(Life life) {
    return events.getOrDefault(life, Map.of());
  }

  /** When the row was last changed by what the log says; 0 for a row of the snapshot. */
  long lastChange(Life life, byte[] row, int from, int[] ends) {
    LastChanges last = changes.get(life);
    return last == null ? 0 : last.get(row, from, ends);
  }

  /**
   * A row of a life went or changed by an event; what points to it does too.
   *
   * @return whether that was not known before
   */
  boolean follow(Life life, Event by, Values.Row before, Values.Row after, boolean deleted) {
    boolean more = false;
    for (Link link : by.links.from(life)) {
      byte[] old = before.values(link.parentColumns());
      byte[] to = deleted ? new byte[0] : after.values(link.parentColumns());
      Action action = deleted ? link.key().onDelete() : link.key().onUpdate();
      boolean touched = deleted || !java.util.Arrays.equals(old, to);
      if (touched && action != Action.NONE && !Values.hasNull(old)) {
        if (!link.key().sameBytes()) {
          throw refused(link, "over text, which the server compares by a collation");
        }
        more |=
            events
                .computeIfAbsent(link.child(), l -> new HashMap<>())
                .computeIfAbsent(link, l -> new Events())
                .add(old, new Event(by.time, deleted, to, by.links));
      }
    }
    return more;
  }
}
