package dev.foldback.repository;

import dev.foldback.core.TableName;
import dev.foldback.core.repository.WriterOptions;
import java.util.List;

/** What the lanes of one snapshot share. */
interface SnapshotRun {
  WriterOptions options();

  List<String> recipients();

  /** Bytes of payload at which an object is closed. */
  int payloadTarget();

  ObjectTable objects();

  Uploads uploads();

  Pending pending();

  Reuse reuse();

  Condemned condemned();

  /** Fails where the lease is known to be lost. */
  void requireLease();

  void sent();

  void reused(long rowBytes);

  void finished(TableName table, int slice, FrameList frames);

  void laneClosed();
}
