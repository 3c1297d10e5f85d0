package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.RowImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of rows a foreign key may have changed below the log. What it did further down is only
 * known after the pass over the log, so each event is followed column by column down to every table
 * that it may reach, as if there were rows to act on.
 */
final class Stirring {
  private final Map<Life, Stirred> lives = new HashMap<>();

  /** What happened to a column: both are the same bytes where nothing did. */
  private static final class Change {
    final byte[] old;
    final byte[] to;
    final boolean changed;

    Change(byte[] old, byte[] to, boolean changed) {
      this.old = old;
      this.to = to;
      this.changed = changed;
    }
  }

  /**
   * @param values that the event is about
   */
  void add(Link link, byte[] values, Event event) {
    if (event.deleted()) {
      return;
    }
    List<byte[]> from = Values.parts(values);
    List<byte[]> into = Values.parts(event.to());
    Map<Integer, Change> above = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      boolean changed = event.changed()[i];
      byte[] to = changed ? into.get(i) : from.get(i);
      above.put(link.parentColumns()[i], new Change(from.get(i), to, changed));
    }
    go(link, above, event.links(), new HashSet<>());
  }

  /**
   * @param above columns of the parent whose values are known
   * @param path the keys that led here
   */
  private void go(Link link, Map<Integer, Change> above, Links links, Set<Link> path) {
    // Where it can't be told what a key did, it is refused once it did something.
    boolean follows = link.key().onUpdate() == Action.CASCADE && link.unknown().isEmpty();
    if (!follows || !path.add(link)) {
      return;
    }
    Map<Integer, Change> here = new HashMap<>();
    Map<Integer, Equality> equalities = new HashMap<>();
    for (int i = 0; i < link.childColumns().length; i++) {
      Change change = above.get(link.parentColumns()[i]);
      if (change != null) {
        here.put(link.childColumns()[i], change);
        equalities.put(link.childColumns()[i], link.equalities().get(i));
      }
    }
    if (here.values().stream().anyMatch(change -> change.changed)) {
      stir(link, here, equalities);
      links.from(link.child()).forEach(below -> go(below, here, links, path));
    }
    path.remove(link);
  }

  private void stir(Link link, Map<Integer, Change> here, Map<Integer, Equality> equalities) {
    List<Integer> columns = new ArrayList<>();
    List<Equality> compared = new ArrayList<>();
    List<byte[]> old = new ArrayList<>();
    List<byte[]> to = new ArrayList<>();
    boolean moves = false;
    for (int column : Values.key(link.child().folded())) {
      Change change = here.get(column);
      if (change != null) {
        columns.add(column);
        compared.add(equalities.get(column));
        old.add(change.old);
        to.add(change.to);
        moves |= change.changed;
      }
    }
    if (moves) {
      Stirred stirred = lives.computeIfAbsent(link.child(), l -> new Stirred(link));
      stirred.add(columns, compared, Values.join(old.toArray(byte[][]::new)));
      stirred.add(columns, compared, Values.join(to.toArray(byte[][]::new)));
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
