package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.TableState;
import java.util.List;

/**
 * A table's time between two statements that make its rows others: within it all rows have one form
 * and one key, whatever the table is called.
 *
 * @param folded its definition under a name that no other life has, for the fold
 * @param origin where its first rows come from
 */
record Life(TableDefinition folded, Origin origin) {

  /** Asked for every change: the name alone tells. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Life life && life.folded.name().equals(folded.name());
  }

  @Override
  public int hashCode() {
    return folded.name().hashCode();
  }

  /** Where rows come from. */
  sealed interface Origin {}

  /** The snapshot's table of this name. */
  record FromSnapshot(TableName name) implements Origin {}

  /** The table began empty. */
  record FromNothing() implements Origin {}

  /** The same rows under another key. */
  record FromLife(Life former) implements Origin {}

  /** The same rows from some change of the log on: foreign keys gave some of them other keys. */
  record FromPart(Life former) implements Origin {}

  /**
   * A statement that ran on a server.
   *
   * @param before what the statement worked on
   * @param after which of its outcomes
   */
  record FromConversion(DefinitionStep step, List<Held> before, TableState after)
      implements Origin {
    public FromConversion {
      before = List.copyOf(before);
    }
  }

  /** A life together with the table's definition at some point of it. */
  record Held(Life life, TableState state) {}
}
