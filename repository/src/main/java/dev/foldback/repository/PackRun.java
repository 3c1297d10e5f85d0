package dev.foldback.repository;

import java.util.List;

/** What packers need of the run that they work for. */
interface PackRun {
  /** Of zstd. */
  int compressionLevel();

  List<String> recipients();

  /** Bytes of payload at which an object is closed. */
  int payloadTarget();

  ObjectTable objects();

  Uploads uploads();

  Condemned condemned();

  /** An object has reached the store. */
  void stored(PendingNote note);

  /** Fails where the lease is known to be lost. */
  void requireLease();
}
