package dev.foldback.cli;

import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogStretch;

/** A log in which nothing happens. */
final class FakeFeed implements LogFeed {
  @Override
  public LogItem next() {
    return new LogItem.End(Given.NOW);
  }

  @Override
  public LogStretch cut() {
    return Given.stretch(4, 4);
  }

  @Override
  public void close() {}
}
