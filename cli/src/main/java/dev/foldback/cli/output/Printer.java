package dev.foldback.cli.output;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.moment.Undo;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.PrunePlan;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.restore.RestorePlan;
import dev.foldback.core.restore.RestoreResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what commands found and did: one printer writes text, one JSON. */
public interface Printer {

  /** Where progress is shown while a command works. */
  Meter.Display display();

  /** Something to know that changes no result. */
  void warning(Finding warning);

  /**
   * A repository was made.
   *
   * @param keyFile empty where nothing is sealed
   */
  void made(RepositoryInfo info, String location, Optional<Path> keyFile);

  void backedUp(RestorePoint point);

  void captured(SourceName source, CaptureResult result);

  /**
   * @param logs the stored log of each source that has one
   */
  void listed(SnapshotListing listing, Map<SourceName, LogListing> logs);

  void shown(SnapshotListing.Entry entry, List<TableSummary> tables);

  void planned(RestorePlan plan, String target);

  void restored(RestoreResult result);

  /**
   * What restores in place put aside.
   *
   * @param unfinished what runs left that did not come to their end
   */
  void kept(List<KeptTables> all, List<Unfinished> unfinished);

  /** What a run had left was removed. */
  void gaveUp(Unfinished left);

  /** It was deleted. */
  void released(KeptTables kept);

  /**
   * It took its place again.
   *
   * @param now what is kept instead
   */
  void putBack(KeptTables kept, KeptTables now);

  void verified(VerifyReport report, RepositoryInfo info);

  /** What differs between two points. */
  void compared(SourceName source, DiffResult result);

  void consolidated(ConsolidateResult result);

  /** What will be kept and deleted, before anything is. */
  void planned(PrunePlan plan);

  void pruned(Swept swept, PruneOptions options);

  /** All changes that were asked for were written. */
  void changesTold(SourceName source, HistorySummary told);

  /**
   * A script was written.
   *
   * @param file empty where it went to standard output
   */
  void undoWritten(SourceName source, HistorySummary told, Undo undo, Optional<Path> file);

  void failed(FoldbackException failure);
}
