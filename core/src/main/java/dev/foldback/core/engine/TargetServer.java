package dev.foldback.core.engine;

import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.progress.Progress;
import java.util.List;

/** A connected server that is to be written to. */
public interface TargetServer extends AutoCloseable {

  ServerInfo info();

  /**
   * Compares the request with the target and says everything that will be done, left out, or stands
   * in the way. Writes nothing.
   */
  LoadPlan plan(LoadRequest request);

  /**
   * Runs the statements of a source's log on empty copies of what they name, in schemas that are
   * made for it and removed by closing the history; touches nothing else.
   *
   * @param run names these schemas: letters and digits
   * @param objects as of the snapshot
   * @param tables as of the snapshot
   * @param statements of the log after it, in order
   */
  DefinitionHistory follow(
      String run,
      ServerInfo source,
      List<SchemaObject> objects,
      List<TableDefinition> tables,
      List<LoggedStatement> statements);

  /** Begins to write. Fails where the plan holds an ERROR. */
  LoadSession begin(LoadPlan plan, int threads, Progress progress);

  /** What restores in place put aside on this server, oldest first. */
  List<KeptTables> kept();

  /**
   * Deletes what a restore in place put aside.
   *
   * @param id as {@link KeptTables#id} has it
   */
  void release(String id);

  /**
   * Puts back what a restore in place put aside; what stands there now is kept in its turn.
   *
   * @param id as {@link KeptTables#id} has it
   * @return what was kept by this
   */
  KeptTables putBack(String id, Progress progress);

  /** What runs left on this server that did not come to their end, or are still at it. */
  List<Unfinished> unfinished();

  /**
   * Removes what a run left that nobody will go on with: schemas of Foldback's own with all that
   * the run put there, and its note. Tables under names of others stay. Fails with {@code
   * LEASE_HELD} where the run may still be at work, and with {@code TARGET_NOT_EMPTY} where others
   * put something there or the run's note is gone from what was put aside.
   *
   * @param id as {@link Unfinished#id} has it
   * @return what was there
   */
  Unfinished giveUp(String id);

  @Override
  void close();
}
