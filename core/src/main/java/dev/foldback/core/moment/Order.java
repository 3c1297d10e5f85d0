package dev.foldback.core.moment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lives in the order in which keys act on them: what happened to the rows of one is known once the
 * rows of those before it were read.
 */
final class Order {
  private final Collection<Links> known;
  private final Parts parts;
  private final Map<Life, List<Life>> later;
  private final Set<Life> seen = new HashSet<>();
  private final Set<Life> open = new HashSet<>();
  private final List<Life> lives = new ArrayList<>();
  private boolean circular;

  /**
   * @param first where something happened
   * @param known the keys that there ever were
   * @param later the lives that begin with rows of each
   */
  Order(Collection<Life> first, Collection<Links> known, Parts parts, Map<Life, List<Life>> later) {
    this.known = known;
    this.parts = parts;
    this.later = later;
    first.forEach(life -> visit(Parts.whole(life)));
    Collections.reverse(lives);
  }

  /** Whole lives; those that are cut come with their last part. */
  List<Life> lives() {
    return lives;
  }

  /** Whether there is no such order. */
  boolean isCircular() {
    return circular;
  }

  private void visit(Life life) {
    if (!seen.add(life)) {
      circular |= open.contains(life);
      return;
    }
    open.add(life);
    for (Life part : parts.of(life)) {
      for (Links links : known) {
        links.from(part).forEach(link -> visit(Parts.whole(link.child())));
      }
    }
    later.getOrDefault(life, List.of()).forEach(this::visit);
    open.remove(life);
    lives.add(life);
  }
}
