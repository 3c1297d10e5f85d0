package dev.foldback.cli;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.repository.WriterOptions;
import dev.foldback.core.store.ObjectStore;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** A repository that closes its store when it is closed. */
record OwningRepository(Repository inner, ObjectStore store) implements Repository {

  @Override
  public RepositoryInfo info() {
    return inner.info();
  }

  @Override
  public SnapshotWriter begin(SourceName source, ServerInfo server, WriterOptions options) {
    return inner.begin(source, server, options);
  }

  @Override
  public SnapshotListing snapshots() {
    return inner.snapshots();
  }

  @Override
  public SnapshotReader open(SnapshotId id) {
    return inner.open(id);
  }

  @Override
  public List<TableSummary> tables(SnapshotId id) {
    return inner.tables(id);
  }

  @Override
  public VerifyReport verify(VerifyRequest request, Progress progress) {
    return inner.verify(request, progress);
  }

  @Override
  public void record(SnapshotId id, Proof proof) {
    inner.record(id, proof);
  }

  @Override
  public LogWriter beginLog(SourceName source, int compressionLevel) {
    return inner.beginLog(source, compressionLevel);
  }

  @Override
  public LogListing log(SourceName source) {
    return inner.log(source);
  }

  @Override
  public Set<SourceName> logs() {
    return inner.logs();
  }

  @Override
  public InputStream openSegment(SourceName source, long number) {
    return inner.openSegment(source, number);
  }

  @Override
  public Pruner prune(PruneOptions options) {
    return inner.prune(options);
  }

  @Override
  public void close() {
    try (store) {
      inner.close();
    }
  }
}
