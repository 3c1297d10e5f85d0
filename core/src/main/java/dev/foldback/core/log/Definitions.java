package dev.foldback.core.log;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import java.util.Optional;

/** What names in a log stand for, as of the place that is being read. */
public interface Definitions {
  /** Nothing is wanted but transactions and statements. */
  Definitions NONE =
      new Definitions() {
        @Override
        public Optional<TableState> table(TableName name) {
          return Optional.empty();
        }

        @Override
        public Optional<SchemaObject> sequence(TableName name) {
          return Optional.empty();
        }
      };

  /** The table, or empty where its rows are not wanted. */
  Optional<TableState> table(TableName name);

  /** The sequence, or empty where what happens to it is not wanted. */
  Optional<SchemaObject> sequence(TableName name);
}
