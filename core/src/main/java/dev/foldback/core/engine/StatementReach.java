package dev.foldback.core.engine;

import dev.foldback.core.TableName;

/** What a statement of a log may have done. */
public interface StatementReach {

  /** Whether it changed nothing that a backup holds, such as ANALYZE. */
  boolean isMaintenance();

  /** Whether it may have had to do with a table, or with what has that name. */
  boolean touches(TableName table);

  /** Whether the table may be another, or laid out in another way, after it. */
  boolean redefines(TableName table);

  /**
   * Its beginning, for a message: without any literal, as that may be a secret or somebody's data.
   */
  String shown();

  /** All of it; where it is about accounts or remote servers, without what may be a secret. */
  String told();

  /** Whether it may have made a trigger. */
  boolean makesTrigger();
}
