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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What foreign keys did to rows without the log saying so. Each time a row goes, or changes what
 * others point to, an event is kept: of which values, when. A row of the other table that still
 * points there, and was last changed before, is then changed as the server did it, while it streams
 * out of the fold; and what that means for tables further down is worked out before they do.
 *
 * <p>Time is the number of the change in the log. When a row was last changed is kept by a 64-bit
 * hash of its key, only for tables that such a key belongs to. A row that was changed so and came
 * back under the same key does not fit its log and fails the fold.
 *
 * <p>Where rows got another key of their own, what the log says of them later goes by that one. So
 * another part of the life begins before the first change that may be about such a row, and the
 * rows of the part before it with all that happened to them are those that it begins with.
 */
final class Cascades {
  /** Events that are kept: some 200 to 300 bytes each. */
  private static final int MOST_EVENTS = 500_000;

  private static final int ROUNDS = 100;

  private static final String SET_BY_OTHERS = "over a column that another such key sets";

  private final RowTimes times = new RowTimes();
  private final Map<Life, Map<Link, Events>> events = new HashMap<>();
  private final Set<Life> reached = new HashSet<>();
  private final Map<Life, Long> touched = new HashMap<>();
  private final Map<Life, Long> replaced = new HashMap<>();
  private final List<Onward> onward = new ArrayList<>();
  private final Stirring stirring = new Stirring();
  private final Map<Life, Long> begun = new HashMap<>();
  private long lastEvent;
  private Links links;
  private long now;
  private boolean acting = true;
  private int kept;
  private long found;
  private LogPlace place = new LogPlace("", 0);

  Cascades(Links links) {
    this.links = links;
  }

  /** Tables are others now. */
  void links(Links now) {
    links = now;
    for (Life life : Set.copyOf(reached)) {
      links.from(life).forEach(link -> reach(link.child()));
    }
  }

  /** Of the transaction that goes on. */
  LogPlace place() {
    return place;
  }

  void begin(LogPlace at) {
    place = at;
    acting = true;
  }

  void acting(boolean unlogged) {
    acting = unlogged;
  }

  /** Whether no key acts nor ever did. */
  private boolean isIdle() {
    return links.isEmpty() && events.isEmpty();
  }

  /** Whether a key may change rows of the life below the log. */
  boolean mayAct(Life life) {
    return !links.to(life).isEmpty();
  }

  /**
   * Whether another part of the life must begin before a change of the log.
   *
   * @param before null for a new row
   * @param after null for one that goes
   * @return a key for which it must; null where it need not
   */
  @Nullable Link needsPart(Life life, @Nullable RowImage before, @Nullable RowImage after) {
    Link met = stirring.met(life, before, after);
    boolean mixed =
        met == null
            && before != null
            && after != null
            && !after.isWhole()
            && reached.contains(life)
            && lastEvent > begun.getOrDefault(life, 0L)
            && saysAny(life, after)
            && !saysAll(life, after);
    // Of a mixed row one key's columns are new and another's as they were before the event.
    return mixed ? links.to(life).getFirst() : met;
  }

  /** Whether the log says anew, at least in part, where the row points. */
  private boolean saysAny(Life life, RowImage row) {
    return links.to(life).stream()
        .flatMapToInt(link -> Arrays.stream(link.childColumns()))
        .anyMatch(column -> column >= 0 && !row.absent[column]);
  }

  private boolean saysAll(Life life, RowImage row) {
    return links.to(life).stream()
        .flatMapToInt(link -> Arrays.stream(link.childColumns()))
        .allMatch(column -> column < 0 || !row.absent[column]);
  }

  /** Another part of a life begins. */
  void begin(Life former, Life next) {
    stirring.end(former);
    begun.put(next, now);
    if (reached.contains(former)) {
      reached.add(next);
    }
    links = links.replacing(former, next);
  }

  void inserted(Life life, RowImage row) {
    now++;
    if (isIdle()) {
      return;
    }
    remember(life, null, row);
    cameUnder(life, null, row);
    cameUnderKey(life, null, row);
  }

  /**
   * A row of the same key may have gone below the log. If so, what pointed to it by that key is no
   * more.
   *
   * @param before the row under another key; null for a new one
   */
  private void cameUnderKey(Life life, @Nullable RowImage before, RowImage row) {
    touched.put(life, now);
    replaced.put(life, now);
    if (reached.contains(life)) {
      for (Link link : links.from(life)) {
        if (link.key().onDelete() != Action.NONE && link.pointsToOwnKey()) {
          byte[] values = image(link, before == null ? row : before, row);
          if (before == null || !sameKey(link, image(link, before, before), values)) {
            add(link, values, Event.gone(now, place, links));
          }
        }
      }
    }
  }

  /** Nothing but the row itself was under a key that only looks different. */
  private static boolean sameKey(Link link, byte[] before, byte[] after) {
    return KeyForm.of(link.equalities(), before).equals(KeyForm.of(link.equalities(), after));
  }

  /** Rows of the life may go below the log from now on, and those further down. */
  private void reach(Life life) {
    if (reached.add(life)) {
      links.from(life).forEach(link -> reach(link.child()));
    }
  }

  void deleted(Life life, RowImage before) {
    now++;
    if (isIdle()) {
      return;
    }
    touched.put(life, now);
    if (acting) {
      for (Link link : links.from(life)) {
        if (link.key().onDelete() != Action.NONE) {
          add(link, image(link, before, before), Event.gone(now, place, links));
        }
      }
    }
  }

  void updated(Life life, RowImage before, RowImage after) {
    now++;
    if (isIdle()) {
      return;
    }
    touched.put(life, now);
    remember(life, before, after);
    cameUnder(life, before, after);
    if (changesKey(life, before, after)) {
      cameUnderKey(life, before, after);
    }
    if (acting) {
      for (Link link : links.from(life)) {
        boolean[] changed = changed(link, before, after);
        if (link.key().onUpdate() != Action.NONE && any(changed)) {
          byte[] old = image(link, before, before);
          byte[] to = Values.of(after, Values.only(link.parentColumns(), changed));
          add(link, old, Event.changed(now, place, to, changed, links));
        }
      }
    }
  }

  /** Rows of a table without a key are not told from others that went unseen. */
  private void cameUnder(Life life, @Nullable RowImage before, RowImage row) {
    if (reached.contains(life)) {
      for (Link link : links.from(life)) {
        boolean other = before == null || any(changed(link, before, row));
        if (other && Stirring.isKeyless(link) && link.unknown().isEmpty()) {
          stirring.came(link, image(link, before == null ? row : before, row));
        }
      }
    }
  }

  private static boolean changesKey(Life life, RowImage before, RowImage after) {
    int[] key = life.folded().key().isEmpty() ? new int[0] : Values.key(life.folded());
    for (int column : key) {
      if (!after.absent[column] && !before.absent[column] && !Values.same(before, after, column)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Which of the columns that the link points to got other bytes, be they equal or not: the server
   * acts on both. Of generated ones that is not known.
   */
  private static boolean[] changed(Link link, RowImage before, RowImage after) {
    int[] columns = link.parentColumns();
    boolean[] changed = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      changed[i] =
          column < 0
              || (!after.absent[column]
                  && (before.absent[column] || !Values.same(before, after, column)));
    }
    return changed;
  }

  private static boolean any(boolean[] changed) {
    for (boolean one : changed) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param earlier of the row, for what the later image lacks; the same where there is none
   */
  private byte[] image(Link link, RowImage earlier, RowImage row) {
    refuseUnknown(link, place);
    for (int column : link.parentColumns()) {
      if (row.absent[column] && earlier.absent[column]) {
        throw Refusals.key(link, place, "over a column whose value the log leaves out");
      }
    }
    return Values.of(earlier, row, link.parentColumns());
  }

  private static void refuseUnknown(Link link, LogPlace at) {
    if (link.unknown().isPresent()) {
      throw Refusals.key(link, at, link.unknown().get());
    }
  }

  private void add(Link link, byte[] values, Event event) {
    if (!Values.hasNull(values)) {
      if (++kept > MOST_EVENTS) {
        throw Refusals.key(link, place, "used more often than can be followed");
      }
      put(link, values, event);
      stirring.add(link, values, event);
      lastEvent = now;
      reach(link.child());
    }
  }

  private void put(Link link, byte[] values, Event event) {
    Events all =
        events
            .computeIfAbsent(link.child(), l -> new HashMap<>())
            .computeIfAbsent(link, Events::new);
    boolean fresh = all.add(values, event);
    if (fresh) {
      found++;
    }
    // Rows that get another key are whole in their part of the life: they tell in the end.
    if (fresh && !link.changesOwnKey(event.changed())) {
      for (Link below : event.links().from(link.child())) {
        Onward next = new Onward(link, values, event, below);
        if (next.matters()) {
          onward.add(next);
        }
      }
    }
  }

  /** Where the log changed rows after an event, they do not tell what it meant further down. */
  private void handOn() {
    while (!onward.isEmpty()) {
      Onward next = onward.removeLast();
      Link link = next.below();
      Map<Life, Long> last = next.isGone() ? replaced : touched;
      if (last.getOrDefault(link.parent(), 0L) > next.event().time()) {
        refuseUnknown(link, next.event().place());
        Optional<Event> told = next.told();
        if (told.isEmpty()) {
          throw Refusals.key(link, next.event().place(), SET_BY_OTHERS);
        }
        put(link, next.old(), told.get());
      }
    }
  }

  private void remember(Life life, @Nullable RowImage before, RowImage row) {
    if (!links.to(life).isEmpty()) {
      // A change that leaves out where the row points says nothing of what happened to that before.
      boolean leaves = before != null && !row.isWhole() && !saysAny(life, row);
      times.put(life, before, row, leaves ? OptionalLong.empty() : OptionalLong.of(now), place);
    }
  }

  /** The rows of lives, of each with what is known so far of what happened to others. */
  interface Rows {
    /** Without what keys did to rows of the life itself, in this part of it. */
    RowSource logged(Life life);

    /** What is known is more now. */
    void outdated();
  }

  /**
   * Works out what keys of tables further down did; where they lead in a circle, round after round
   * until nothing is new.
   *
   * @param later the lives that begin with rows of each
   */
  void settle(Parts parts, Map<Life, List<Life>> later, Rows rows) {
    Order order = new Order(events.keySet(), everLinked(), parts, later);
    for (int round = 0; round < ROUNDS; round++) {
      long before = found;
      for (Life life : order.lives()) {
        handOn();
        List<Life> leading = parts.of(life).stream().filter(this::leadsOn).toList();
        if (!leading.isEmpty() && !order.isCircular()) {
          // Its rows come through the parts before.
          leading = List.of(leading.getLast());
        }
        leading.forEach(part -> drain(new CascadedRows(this, part, rows.logged(part))));
      }
      handOn();
      if (!order.isCircular() || found == before) {
        refuseUnsure(rows);
        return;
      }
      rows.outdated();
    }
    throw new FoldbackException(
        ErrorCode.LOG_NOT_FOLDABLE,
        "foreign keys that act below the log lead in a circle of more than " + ROUNDS + " rounds",
        "Restore to an earlier moment, and report this.");
  }

  private Set<Links> everLinked() {
    return events.values().stream()
        .flatMap(of -> of.values().stream())
        .flatMap(Events::all)
        .map(Event::links)
        .collect(Collectors.toSet());
  }

  /** Rows that can't be told are met before anything is written, where that is likely. */
  private void refuseUnsure(Rows rows) {
    events.forEach(
        (life, of) -> {
          boolean unsure = of.values().stream().anyMatch(Events::isUnsure);
          if (unsure && !leadsOn(life) && Parts.whole(life).origin() instanceof Life.FromSnapshot) {
            drain(new CascadedRows(this, life, rows.logged(life)));
          }
        });
  }

  private boolean leadsOn(Life life) {
    return events.getOrDefault(life, Map.of()).values().stream()
        .flatMap(Events::all)
        .anyMatch(e -> !e.links().from(life).isEmpty());
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
  long lastChange(Life life, byte[] row, int[] ends) {
    return times.get(life, row, ends);
  }

  /** A row of a life went or changed by an event; what points to it does too. */
  void follow(Life life, Event by, Values.Row before, Values.Row after, boolean deleted) {
    for (Link link : by.links().from(life)) {
      Action action = deleted ? link.key().onDelete() : link.key().onUpdate();
      boolean[] changed = deleted ? new boolean[0] : changed(link, before, after);
      if (action != Action.NONE && (deleted || any(changed))) {
        refuseUnknown(link, by.place());
        byte[] old = before.values(link.parentColumns());
        if (!Values.hasNull(old)) {
          put(link, old, further(link, by, after, changed));
        }
      }
    }
  }

  private static Event further(Link link, Event by, Values.Row after, boolean[] changed) {
    boolean deleted = changed.length == 0;
    return by.further(
        deleted ? new byte[0] : after.values(Values.only(link.parentColumns(), changed)), changed);
  }

  private static boolean[] changed(Link link, Values.Row before, Values.Row after) {
    int[] columns = link.parentColumns();
    boolean[] changed = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      changed[i] = columns[i] < 0 || !before.same(after, columns[i]);
    }
    return changed;
  }
}
