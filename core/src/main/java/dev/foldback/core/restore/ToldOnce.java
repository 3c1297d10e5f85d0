package dev.foldback.core.restore;

import dev.foldback.core.progress.Progress;

/**
 * The progress of work that may be done again from its beginning: what was told of it once is not
 * told again. For one thread.
 */
final class ToldOnce {
  private final Progress progress;
  private long toldRows;
  private long toldBytes;

  ToldOnce(Progress progress) {
    this.progress = progress;
  }

  /** For one more try. */
  Progress fromTheBeginning() {
    return new Progress() {
      private long rows;
      private long bytes;

      @Override
      public void advance(long more, long moreBytes) {
        rows += more;
        bytes += moreBytes;
        tell(rows, bytes);
      }
    };
  }

  private void tell(long rows, long bytes) {
    if (rows > toldRows || bytes > toldBytes) {
      progress.advance(Math.max(0, rows - toldRows), Math.max(0, bytes - toldBytes));
      toldRows = Math.max(rows, toldRows);
      toldBytes = Math.max(bytes, toldBytes);
    }
  }
}
