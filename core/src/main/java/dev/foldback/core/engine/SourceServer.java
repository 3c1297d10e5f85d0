package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.progress.Progress;
import java.util.List;

/** A connected server that is to be backed up. */
public interface SourceServer extends AutoCloseable {

  ServerInfo info();

  /**
   * What stands in the way of a backup, before anything is read: missing rights with the exact
   * GRANT, settings, objects that can't be carried. An ERROR means that {@link #openSnapshot} would
   * fail.
   */
  List<Finding> check(Selection selection);

  /**
   * Opens a consistent view of all selected tables at one position and describes everything in it.
   * Locks are as short as the server and the account allow, and waiting for one is limited.
   */
  ServerSnapshot openSnapshot(Selection selection, SnapshotOptions options, Progress progress);

  @Override
  void close();
}
