package dev.foldback.core.engine;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogStart;
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

  /**
   * What stands in the way of capturing the log: rights with the exact GRANT, settings with the
   * exact SET GLOBAL or line of the configuration. An ERROR means that {@link #openLog} would fail
   * or read what can't be used.
   */
  List<Finding> checkLog();

  /**
   * Connects anew and reads the log from there. Fails with {@code LOG_BROKEN} where the server does
   * not have that place any more, or is another server.
   */
  LogFeed openLog(LogStart start, LogOptions options);

  @Override
  void close();
}
