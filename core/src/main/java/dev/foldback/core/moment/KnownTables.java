package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import java.util.Collection;
import java.util.Optional;

/** The definitions of tables while a log goes on. */
interface KnownTables {

  /** As far as they are known now. */
  Collection<TableState> all();

  /** What the name stands for now; empty where that is not known. */
  Optional<TableState> table(TableName name);

  /** The next statement of the log ran. */
  void step(LoggedStatement statement);

  /** The statement since which the name's definition is not known; empty for none. */
  Optional<LoggedStatement> lostBy(TableName name);
}
