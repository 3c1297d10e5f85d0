package dev.foldback.core.moment;

import dev.foldback.core.engine.DatabaseEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a fold has to hear of to know the rows of some lives: those lives, the ones whose rows
 * others point to, and of these the rows too where keys act on them as well, for then they tell
 * what happens further down.
 */
final class FoldScope {
  private final List<Links> links = new ArrayList<>();
  private final Set<Life> folded = new HashSet<>();
  private final Set<Life> heard = new HashSet<>();

  /**
   * @param needed with the lives that they come from
   */
  FoldScope(Lineage lineage, DatabaseEngine engine, Collection<Life> needed) {
    Lineage.Replay names = lineage.replay();
    links.add(new Links(engine, names));
    for (int i = 0; i < lineage.steps(); i++) {
      names.step();
      links.add(new Links(engine, names));
    }
    folded.addAll(needed);
    int before;
    do {
      before = folded.size();
      links.forEach(this::spread);
    } while (folded.size() > before);
    // What happened to rows that nobody asked for need not be known.
    links.replaceAll(of -> of.of(folded));
    heard.addAll(folded);
    for (Links of : links) {
      folded.forEach(child -> of.to(child).forEach(link -> heard.add(link.parent())));
    }
  }

  private void spread(Links of) {
    for (Life child : Set.copyOf(folded)) {
      for (Link link : of.to(child)) {
        if (links.stream().anyMatch(any -> !any.to(link.parent()).isEmpty())) {
          Lineage.need(link.parent(), folded);
        }
      }
    }
  }

  /** The keys after so many statements of the log, between whole lives. */
  Links links(int statements) {
    return links.get(statements);
  }

  /** Whose changes are kept. */
  Set<Life> folded() {
    return folded;
  }

  /** Whose changes are looked at. */
  Set<Life> heard() {
    return heard;
  }
}
