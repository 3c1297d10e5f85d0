package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.repository.WriterOptions;

/** What the lanes of one snapshot share. */
interface SnapshotRun extends PackRun {
  WriterOptions options();

  Pending pending();

  Reuse reuse();

  Suspects suspects();

  void sent();

  void reused(long rowBytes);

  void finished(TableName table, int slice, FrameList frames);

  void laneClosed();
}
