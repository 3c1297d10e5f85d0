package dev.foldback.cli;

import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.Transfer;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.repository.WriterOptions;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository that holds what a test puts into it and notes what it is asked. */
final class FakeRepository implements Repository {
  SnapshotListing listing = Given.listing();
  VerifyReport report = new VerifyReport("bytes", List.of(), 0, 0, List.of());
  Optional<RuntimeException> failure = Optional.empty();
  Optional<RuntimeException> recording = Optional.empty();
  final List<VerifyRequest> verified = new ArrayList<>();
  final List<Proof> proofs = new ArrayList<>();
  final List<SourceName> begun = new ArrayList<>();
  final List<WriterOptions> writing = new ArrayList<>();
  final List<SnapshotContents> committed = new ArrayList<>();
  final List<CaptureNote> captures = new ArrayList<>();
  List<SegmentManifest> segments = List.of();
  final List<PruneOptions> pruning = new ArrayList<>();
  final FakePruner pruner = new FakePruner(this);
  boolean closed;

  /** That a capture was begun. */
  record CaptureNote(SourceName source, int compressionLevel) {}

  @Override
  public LogWriter beginLog(SourceName source, int compressionLevel) {
    captures.add(new CaptureNote(source, compressionLevel));
    return new FakeLogWriter(source);
  }

  @Override
  public LogListing log(SourceName source) {
    return new LogListing(segments, List.of());
  }

  @Override
  public Set<SourceName> logs() {
    return segments.isEmpty() ? Set.of() : Set.of(segments.getFirst().source());
  }

  @Override
  public InputStream openSegment(SourceName source, long number) {
    throw new AssertionError("no command reads a segment");
  }

  @Override
  public RepositoryInfo info() {
    return new RepositoryInfo("ab".repeat(16), 1, Given.NOW, List.of("age1xyz"), false);
  }

  @Override
  public SnapshotWriter begin(SourceName source, ServerInfo server, WriterOptions options) {
    begun.add(source);
    writing.add(options);
    return new SnapshotWriter() {
      @Override
      public SnapshotId id() {
        return Given.NEW;
      }

      @Override
      public long storedLog() {
        return 0;
      }

      @Override
      public Lane openLane() {
        return new Lane() {
          @Override
          public dev.foldback.core.frame.RowSink begin(TableName table, Slice slice) {
            throw new AssertionError("no table to read");
          }

          @Override
          public void end() {}

          @Override
          public void close() {}
        };
      }

      @Override
      public boolean carry(
          dev.foldback.core.engine.TableDefinition table,
          dev.foldback.core.SnapshotId snapshot,
          TableName former) {
        return false;
      }

      @Override
      public SnapshotManifest commit(SnapshotContents contents) {
        committed.add(contents);
        return Given.manifest(Given.NEW, source.value());
      }

      @Override
      public Transfer transfer() {
        return new Transfer(3L << 20, 4, 5, 6);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SnapshotListing snapshots() {
    failure.ifPresent(
        e -> {
          throw e;
        });
    return listing;
  }

  @Override
  public SnapshotReader open(SnapshotId id) {
    return new SnapshotReader() {
      @Override
      public SnapshotManifest manifest() {
        return Given.manifest(id, "shop");
      }

      @Override
      public List<SchemaObject> objects() {
        return List.of(
            new SchemaObject("schema", "", "shop", "CREATE DATABASE shop", Map.of()),
            new SchemaObject("view", "shop", "a", "CREATE VIEW a AS SELECT 1", Map.of()));
      }

      @Override
      public List<TableDefinition> tables() {
        return List.of();
      }

      @Override
      public TableSummary summary(TableName table) {
        throw new AssertionError("no table here");
      }

      @Override
      public RowSource rows(TableName table) {
        throw new AssertionError("no table here");
      }

      @Override
      public List<FrameRecord> frames(TableName table, Slice slice) {
        throw new AssertionError("no table here");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<TableSummary> tables(SnapshotId id) {
    return Given.tables();
  }

  @Override
  public VerifyReport verify(VerifyRequest request, Progress progress) {
    verified.add(request);
    progress.phase("verify", 0, 100);
    progress.advance(0, 100);
    return report;
  }

  @Override
  public void record(SnapshotId id, Proof proof) {
    recording.ifPresent(
        e -> {
          throw e;
        });
    proofs.add(proof);
  }

  @Override
  public Pruner prune(PruneOptions options) {
    pruning.add(options);
    return pruner;
  }

  @Override
  public void close() {
    closed = true;
  }
}
