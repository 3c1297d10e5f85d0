package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The repository on an object store. */
final class StoredRepository implements Repository {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Characters of the time in an id. */
  private static final int ID_LENGTH = 16;

  private final ObjectStore store;
  private final RepositoryFile file;
  private final RepositoryInfo info;
  private final Optional<RecoveryKey> key;
  private final Clock clock;
  private final LeaseTimes times;
  private final SnapshotFiles snapshots;
  private final ProofFiles proofs;
  private final SegmentFiles segments;
  private final Map<SourceName, SegmentFiles.Loaded> listed = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  StoredRepository(
      ObjectStore store,
      RepositoryFile file,
      RepositoryInfo info,
      Optional<RecoveryKey> key,
      Clock clock,
      LeaseTimes times) {
    this.store = store;
    this.file = file;
    this.info = info;
    this.key = key;
    this.clock = clock;
    this.times = times;
    this.snapshots = new SnapshotFiles(store);
    this.proofs = new ProofFiles(store);
    this.segments = new SegmentFiles(store);
  }

  @Override
  public RepositoryInfo info() {
    return info;
  }

  @Override
  public SnapshotWriter begin(SourceName source, ServerInfo server, WriterOptions options) {
    ZstdLibrary.load();
    Lease lease = Lease.take(store, source, clock, times);
    try {
      // Before anything is found that might be used again.
      Condemned condemned = Condemned.load(store);
      Pending pending = new Pending(store, source);
      pending.load();
      Set<String> unreadable = new HashSet<>();
      Optional<Reuse.Previous> previous =
          options.reuse() ? snapshots.newest(source, unreadable) : Optional.empty();
      Suspects suspects = new Suspects(proofs.damagedObjects(), unreadable, !options.reuse());
      List<Long> log = segments.numbers(source);
      long storedLog = log.isEmpty() ? 0 : log.getLast();
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      SnapshotId id = idAfter(snapshots.newestId(source), now);
      return new StoredSnapshotWriter(
          store,
          file.recipients(),
          new StoredSnapshotWriter.Draft(id, source, server, now, storedLog),
          options,
          clock,
          lease,
          previous,
          suspects,
          pending,
          condemned,
          () -> snapshots.remember(source, id));
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Ids of one source rise, also within a second: the newest is the last by name. One from a clock
   * that was far ahead is no measure.
   */
  private SnapshotId idAfter(Optional<SnapshotId> newest, Instant now) {
    Instant time =
        newest
            .map(id -> ID_TIME.parse(id.value().substring(0, ID_LENGTH), Instant::from))
            .filter(last -> !last.isBefore(now) && last.isBefore(now.plus(1, ChronoUnit.HOURS)))
            .map(last -> last.plusSeconds(1))
            .orElse(now);
    return new SnapshotId(
        ID_TIME.format(time) + "-" + HexFormat.of().toHexDigits((short) random.nextInt()));
  }

  @Override
  public SnapshotListing snapshots() {
    return listing(snapshots.all());
  }

  private SnapshotListing listing(SnapshotFiles.Loaded loaded) {
    Map<String, ProofFiles.Shown> shown = proofs.shown();
    List<SnapshotListing.Entry> entries = new ArrayList<>();
    for (StoredManifest manifest : loaded.manifests()) {
      Optional<ProofFiles.Shown> of =
          Optional.ofNullable(
              shown.get(Keys.proofs(manifest.summary().source(), manifest.summary().id())));
      entries.add(
          new SnapshotListing.Entry(
              manifest.summary(),
              of.flatMap(proof -> proofs.read(proof.newest())),
              of.flatMap(proof -> proofs.read(proof.strongest())).filter(Proof::good)));
    }
    return new SnapshotListing(entries, loaded.damaged());
  }

  @Override
  public SnapshotReader open(SnapshotId id) {
    ZstdLibrary.load();
    Opener opener = Opener.of(store, file, key);
    return StoredSnapshotReader.open(store, snapshots.find(id), opener);
  }

  @Override
  public List<TableSummary> tables(SnapshotId id) {
    ZstdLibrary.load();
    return SnapshotIndex.load(store, snapshots.find(id)).tables().stream()
        .map(entry -> SnapshotIndex.summary(entry.table()))
        .toList();
  }

  @Override
  public VerifyReport verify(VerifyRequest request, Progress progress) {
    ZstdLibrary.load();
    Optional<Opener> opener =
        !request.quick() && (file.recipients().isEmpty() || key.isPresent())
            ? Optional.of(Opener.of(store, file, key))
            : Optional.empty();
    Verifier verifier = new Verifier(store, opener, request, progress);
    if (request.snapshot().isPresent()) {
      StoredManifest one = snapshots.find(request.snapshot().get());
      return verifier.verify(new SnapshotFiles.Loaded(List.of(one), List.of()), List.of());
    }
    List<SegmentFiles.Loaded> logs = segments.sources().stream().map(segments::all).toList();
    return verifier.verify(snapshots.all(), logs);
  }

  @Override
  public LogWriter beginLog(SourceName source, int compressionLevel) {
    ZstdLibrary.load();
    Lease lease = Lease.take(store, Lease.Right.capture(source), clock, times);
    try {
      // Before anything is found in the store that might be taken as there.
      Condemned condemned = Condemned.load(store);
      List<Long> numbers = segments.numbers(source);
      Optional<SegmentManifest> newest =
          numbers.isEmpty()
              ? Optional.empty()
              : Optional.of(segments.read(source, numbers.getLast()).summary());
      return new StoredLogWriter(
          store,
          source,
          file.recipients(),
          compressionLevel,
          clock,
          lease,
          condemned,
          newest,
          numbers.isEmpty() ? segments.begins(source) : 1);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public LogListing log(SourceName source) {
    SegmentFiles.Loaded loaded = segments.all(source);
    listed.put(source, loaded);
    return loaded.listing();
  }

  @Override
  public Set<SourceName> logs() {
    return segments.sources();
  }

  @Override
  public InputStream openSegment(SourceName source, long number) {
    ZstdLibrary.load();
    return new SegmentStream(segment(source, number), Opener.of(store, file, key));
  }

  /** A prune may drop a segment after it was listed: its objects stay for the grace period. */
  private StoredSegment segment(SourceName source, long number) {
    try {
      return segments.read(source, number);
    } catch (FoldbackException e) {
      return Optional.ofNullable(listed.get(source)).stream()
          .filter(_ -> e.code() == ErrorCode.OBJECT_MISSING)
          .flatMap(loaded -> loaded.segments().stream())
          .filter(segment -> segment.summary().number() == number)
          .findFirst()
          .orElseThrow(() -> e);
    }
  }

  @Override
  public void record(SnapshotId id, Proof proof) {
    proofs.write(snapshots.find(id).summary().source(), id, proof);
  }

  @Override
  public Pruner prune(PruneOptions options) {
    ZstdLibrary.load();
    Optional<Lease> lease =
        options.dryRun()
            ? Optional.empty()
            : Optional.of(Lease.take(store, Lease.Right.prune(), clock, times));
    return new StoredPruner(store, this::listing, snapshots, segments, lease, options);
  }

  /** The store belongs to the caller. */
  @Override
  public void close() {}
}
