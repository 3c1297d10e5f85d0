package dev.foldback.core.restore;

import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.repository.FrameRecord;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotReader;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.TableSummary;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.repository.WriterOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds one snapshot of one table with the rows 1 and 2. */
final class OneTableRepository implements Repository {
  @Override
  public LogWriter beginLog(SourceName source, int compressionLevel) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public LogListing log(SourceName source) {
    return new LogListing(List.of(), List.of());
  }

  @Override
  public Set<SourceName> logs() {
    return Set.of();
  }

  @Override
  public InputStream openSegment(SourceName source, long number) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public Pruner prune(PruneOptions options) {
    throw new UnsupportedOperationException("these tests delete nothing");
  }

  private static final byte[] ROWS = "1\n2\n".getBytes(StandardCharsets.UTF_8);
  private static final TableDefinition TABLE =
      new TableDefinition(
          new TableName("shop", "t"),
          List.of(new ColumnLayout("id", "int", ColumnLayout.Encoding.NUMBER)),
          List.of("id"),
          List.of(Slice.whole(0)),
          2,
          4,
          Map.of());
  private static final SnapshotManifest MANIFEST =
      new SnapshotManifest(
          new SnapshotId("20260301T030000Z-0b0b"),
          new SourceName("shop"),
          new ServerInfo("mysql", "9", "x", Map.of()),
          Instant.EPOCH,
          Instant.EPOCH,
          new Position.None(),
          0,
          "lock",
          Selection.ALL,
          1,
          2,
          4,
          4,
          4,
          List.of(),
          List.of(),
          Optional.empty());

  final List<Proof> proofs = new ArrayList<>();
  Optional<RuntimeException> recording = Optional.empty();

  @Override
  public SnapshotListing snapshots() {
    return new SnapshotListing(
        List.of(new SnapshotListing.Entry(MANIFEST, Optional.empty(), Optional.empty())),
        List.of());
  }

  @Override
  public SnapshotReader open(SnapshotId id) {
    return new Reader();
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
  public RepositoryInfo info() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SnapshotWriter begin(SourceName source, ServerInfo server, WriterOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TableSummary> tables(SnapshotId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public VerifyReport verify(VerifyRequest request, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class Reader implements SnapshotReader {
    @Override
    public SnapshotManifest manifest() {
      return MANIFEST;
    }

    @Override
    public List<SchemaObject> objects() {
      return List.of(new SchemaObject("table", "shop", "t", "CREATE TABLE t (id int)", Map.of()));
    }

    @Override
    public List<TableDefinition> tables() {
      return List.of(TABLE);
    }

    @Override
    public TableSummary summary(TableName table) {
      return new TableSummary(table, 2, ROWS.length, 1);
    }

    @Override
    public RowSource rows(TableName table) {
      return new RowSource() {
        @Override
        public InputStream open() {
          return new ByteArrayInputStream(ROWS);
        }

        @Override
        public long rows() {
          return 2;
        }

        @Override
        public long bytes() {
          return ROWS.length;
        }
      };
    }

    @Override
    public List<FrameRecord> frames(TableName table, Slice slice) {
      return List.of(new FrameRecord(Hashing.hex(Hashing.sha256().digest(ROWS)), 2, ROWS.length));
    }

    @Override
    public void close() {}
  }
}
