package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.RowImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of rows foreign keys may have changed below the log. What they did further down is
 * only known after the pass over the log, so each event is followed column by column down to every
 * table that it may reach, as if there were rows to act on. A table without a key knows its rows by
 * all their values; of these those that go count too.
 */
final class Stirring {
  private static final byte[] NULL = Values.nulls(1);

  private final Map<Life, Stirred> lives = new HashMap<>();

  /** What happened to a column: both are the same bytes where nothing did. */
  private static final class Change {
    final byte @Nullable [] old;
    final byte[] to;
    final boolean changed;

    /**
     * @param old null where that is not known
     */
    Change(byte @Nullable [] old, byte[] to, boolean changed) {
      this.old = old;
      this.to = to;
      this.changed = changed;
    }
  }

  /**
   * @param values that the event is about
   */
  void add(Link link, byte[] values, Event event) {
    List<byte[]> from = Values.parts(values);
    List<byte[]> into = Values.parts(event.to());
    Map<Integer, Change> above = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      boolean changed = !event.deleted() && event.changed()[i];
      byte[] to = changed ? into.get(i) : from.get(i);
      above.put(link.parentColumns()[i], new Change(from.get(i), to, changed));
    }
    go(link, above, event.deleted(), event.links(), new HashSet<>());
  }

  /** A row came under these values: one that had them may have gone unseen, with what it took. */
  void came(Link link, byte[] values) {
    if (isKeyless(link) && link.unknown().isEmpty() && !Values.hasNull(values)) {
      of(link).add(places(link), link.equalities(), values);
    }
  }

  private static List<Integer> places(Link link) {
    return Arrays.stream(link.childColumns()).boxed().toList();
  }

  static boolean isKeyless(Link link) {
    return link.child().folded().key().isEmpty();
  }

  private Stirred of(Link link) {
    return lives.computeIfAbsent(link.child(), l -> new Stirred(link));
  }

  /**
   * @param above columns of the parent whose values are known
   * @param gone whether its row went
   * @param path the keys that led here
   */
  private void go(
      Link link, Map<Integer, Change> above, boolean gone, Links links, Set<Link> path) {
    Action action = gone ? link.key().onDelete() : link.key().onUpdate();
    // Where it can't be told what a key did, it is refused once it did something.
    if (action == Action.NONE || link.unknown().isPresent() || !path.add(link)) {
      return;
    }
    boolean taken = gone && action == Action.CASCADE;
    Map<Integer, Change> here = new HashMap<>();
    Map<Integer, Equality> equalities = new HashMap<>();
    for (int i = 0; i < link.childColumns().length; i++) {
      Change change = above.get(link.parentColumns()[i]);
      if (action == Action.SET_NULL) {
        change = new Change(change == null ? null : change.old, NULL, true);
      }
      if (change != null) {
        here.put(link.childColumns()[i], change);
        equalities.put(link.childColumns()[i], link.equalities().get(i));
      }
    }
    if (taken || acts(link, above, gone)) {
      stir(link, here, equalities, taken);
      Map<Integer, Change> left = taken ? Map.of() : here;
      links.from(link.child()).forEach(below -> go(below, left, taken, links, path));
    }
    path.remove(link);
  }

  /** Whether something happened to what the key points to. */
  private static boolean acts(Link link, Map<Integer, Change> above, boolean gone) {
    return gone
        || Arrays.stream(link.parentColumns())
            .mapToObj(above::get)
            .anyMatch(change -> change != null && change.changed);
  }

  private void stir(
      Link link, Map<Integer, Change> here, Map<Integer, Equality> equalities, boolean taken) {
    List<Integer> columns = new ArrayList<>();
    List<Equality> compared = new ArrayList<>();
    List<byte[]> old = new ArrayList<>();
    List<byte[]> to = new ArrayList<>();
    boolean moves = taken && isKeyless(link);
    for (int column : Values.key(link.child().folded())) {
      Change change = here.get(column);
      if (change != null) {
        columns.add(column);
        compared.add(equalities.get(column));
        if (change.old != null) {
          old.add(change.old);
        }
        to.add(change.to);
        moves |= change.changed;
      }
    }
    if (moves && !columns.isEmpty()) {
      Stirred stirred = of(link);
      stirred.add(columns, compared, Values.join(to.toArray(byte[][]::new)));
      if (old.size() == to.size()) {
        stirred.add(columns, compared, Values.join(old.toArray(byte[][]::new)));
      }
    }
  }

  /** What may have other keys by now, if a change of the log meets it. */
  @Nullable Link met(Life life, @Nullable RowImage before, @Nullable RowImage after) {
    if (lives.isEmpty()) {
      return null;
    }
    Stirred stirred = lives.get(life);
    return stirred != null && stirred.meets(before, after) ? stirred.link() : null;
  }

  /** Another part of the life begins. */
  void end(Life life) {
    lives.remove(life);
  }
}
