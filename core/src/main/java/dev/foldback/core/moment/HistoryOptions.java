package dev.foldback.core.moment;

import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.log.Cut;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which part of a source's history.
 *
 * @param from what happened after this; empty for all that snapshots and log reach
 * @param to what happened up to this
 * @param table what happened to it alone
 * @param workFolder for what memory has no room for
 */
public record HistoryOptions(
    SourceName source, Optional<Cut> from, Cut to, Optional<TableName> table, Path workFolder) {

  /** What one transaction did. */
  public static HistoryOptions transaction(
      SourceName source, String id, Optional<TableName> table, Path workFolder) {
    return new HistoryOptions(
        source, Optional.of(new Cut.Before(id)), new Cut.Through(id), table, workFolder);
  }
}
