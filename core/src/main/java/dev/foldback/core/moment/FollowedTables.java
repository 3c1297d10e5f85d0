package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import java.util.Collection;
import java.util.Optional;

/** Definitions that a server followed the log's statements with: all are known. */
record FollowedTables(Lineage.Replay names) implements KnownTables {

  @Override
  public Collection<TableState> all() {
    return names.states();
  }

  @Override
  public Optional<TableState> table(TableName name) {
    return names.held(name).map(Life.Held::state);
  }

  @Override
  public void step(LoggedStatement statement) {
    names.step();
  }

  @Override
  public Optional<LoggedStatement> lostBy(TableName name) {
    return Optional.empty();
  }
}
