package dev.foldback.core.engine;

import dev.foldback.core.progress.Progress;

/** A connected server that is to be written to. */
public interface TargetServer extends AutoCloseable {

  ServerInfo info();

  /**
   * Compares the request with the target and says everything that will be done, left out, or stands
   * in the way. Writes nothing.
   */
  LoadPlan plan(LoadRequest request);

  /** Begins to write. Fails where the plan holds an ERROR. */
  LoadSession begin(LoadPlan plan, int threads, Progress progress);

  @Override
  void close();
}
