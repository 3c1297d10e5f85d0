package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts that lives are cut into where foreign keys gave rows other keys below the log. What the
 * log changes afterwards is folded onto the rows under these keys: onto those of the part before,
 * with all that happened to them.
 */
final class Parts {
  /**
   * Of one life. Rows stream through all of them, each takes half a MiB of buffers and the time of
   * a pass.
   */
  static final int MOST = 64;

  private final Map<Life, List<Life>> lives = new HashMap<>();

  /** The life's last part; the life itself where it is whole. */
  Life last(Life life) {
    List<Life> parts = lives.get(life);
    return parts == null ? life : parts.getLast();
  }

  /** What the life is a part of; itself where it is whole. */
  static Life whole(Life life) {
    Life whole = life;
    while (whole.origin() instanceof Life.FromPart(Life former)) {
      whole = former;
    }
    return whole;
  }

  /** The lives that are not whole. */
  Set<Life> cut() {
    return lives.keySet();
  }

  /** All parts in order; the life alone where it is whole. */
  List<Life> of(Life life) {
    return lives.getOrDefault(life, List.of(life));
  }

  /** Begins the next part; empty where there are too many. */
  Optional<Life> begin(Life life) {
    List<Life> parts = lives.computeIfAbsent(life, l -> new ArrayList<>(List.of(l)));
    if (parts.size() == MOST) {
      return Optional.empty();
    }
    Life next = part(life, parts.size() + 1, parts.getLast());
    parts.add(next);
    return Optional.of(next);
  }

  /** No server has a table whose name ends with a blank. */
  private static Life part(Life life, int number, Life former) {
    TableDefinition of = life.folded();
    TableName name =
        new TableName(of.name().schema(), of.name().table() + " (part " + number + ") ");
    return new Life(of.named(name), new Life.FromPart(former));
  }
}
