package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.repository.Lane;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.repository.SnapshotWriter;
import dev.foldback.core.repository.Transfer;
import dev.foldback.core.repository.WriterOptions;
import dev.foldback.core.store.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A snapshot being written: holds the lease, the uploads and a record of every frame. */
final class StoredSnapshotWriter implements SnapshotWriter, SnapshotRun {
  private static final int TARGET = 16 << 20;
  private static final int SMALLEST_TARGET = 8 << 20;

  /** What a lane needs besides its payload: the row buffer. */
  private static final int ROW_BUFFER = 24 << 20;

  private final ObjectStore store;
  private final List<String> recipients;
  private final WriterOptions options;
  private final Clock clock;
  private final Lease lease;
  private final Uploads uploads;
  private final Pending pending;
  private final Condemned condemned;
  private final Runnable committed;
  private final Presence presence;
  private final Suspects suspects;
  private final Reuse reuse;
  private final Draft draft;
  private final ObjectTable objects = new ObjectTable();
  private final Map<TableName, Map<Integer, FrameList>> slices = new ConcurrentHashMap<>();
  private final AtomicInteger openLanes = new AtomicInteger();
  private final LongAdder sentFrames = new LongAdder();
  private final LongAdder reusedFrames = new LongAdder();
  private final LongAdder reusedBytes = new LongAdder();
  private boolean closed;

  /** What is known of the snapshot before anything is read. */
  record Draft(
      SnapshotId id, SourceName source, ServerInfo server, Instant started, long storedLog) {}

  StoredSnapshotWriter(
      ObjectStore store,
      List<String> recipients,
      Draft draft,
      WriterOptions options,
      Clock clock,
      Lease lease,
      Optional<Reuse.Previous> previous,
      Suspects suspects,
      Pending pending,
      Condemned condemned,
      Runnable committed) {
    this.store = store;
    this.recipients = recipients;
    this.draft = draft;
    this.options = options;
    this.clock = clock;
    this.lease = lease;
    this.pending = pending;
    this.condemned = condemned;
    this.committed = committed;
    this.uploads = new Uploads(store, Math.max(2, options.threads()), suspects);
    this.presence = new Presence(store, suspects, condemned);
    this.suspects = suspects;
    this.reuse = new Reuse(previous, pending, presence, options.reuse(), options.threads());
  }

  @Override
  public SnapshotId id() {
    return draft.id();
  }

  @Override
  public long storedLog() {
    return draft.storedLog();
  }

  @Override
  public Lane openLane() {
    openLanes.incrementAndGet();
    return new RowLane(this);
  }

  @Override
  public boolean carry(TableDefinition table, SnapshotId snapshot, TableName former) {
    Optional<FrameList> frames = reuse.frames(snapshot, former);
    if (frames.isEmpty()) {
      return false;
    }
    FrameList from = frames.get();
    Map<Integer, FrameList> of = new TreeMap<>();
    table.slices().forEach(slice -> of.put(slice.number(), new FrameList(objects)));
    for (int i = 0; i < from.size(); i++) {
      FrameList slice = of.get(from.slice(i));
      if (slice == null || !reuse.presence().has(from, i)) {
        return false;
      }
      slice.add(from.slice(i), from, i);
    }
    reusedFrames.add(from.size());
    reusedBytes.add(from.rowBytes());
    slices.put(table.name(), of);
    return true;
  }

  @Override
  public SnapshotManifest commit(SnapshotContents contents) {
    if (openLanes.get() > 0) {
      throw new FoldbackException(
          ErrorCode.INTERNAL,
          "a lane was still open at the commit; nothing was committed",
          "Report this as a defect.");
    }
    SnapshotManifest manifest =
        new Commit(store, this, draft, clock, lease).write(contents, slices);
    committed.run();
    pending.clear();
    return manifest;
  }

  @Override
  public Transfer transfer() {
    return new Transfer(
        uploads.sentBytes.sum(), sentFrames.sum(), reusedFrames.sum(), reusedBytes.sum());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      uploads.close();
      presence.close();
      lease.close();
    }
  }

  @Override
  public WriterOptions options() {
    return options;
  }

  @Override
  public int compressionLevel() {
    return options.compressionLevel();
  }

  @Override
  public void stored(PendingNote note) {
    pending.write(note);
  }

  @Override
  public List<String> recipients() {
    return recipients;
  }

  /** A lane holds rows, a payload and a sealed one on its way; all lanes share half the heap. */
  @Override
  public int payloadTarget() {
    long share = Runtime.getRuntime().maxMemory() * 6 / 10 / Math.max(1, options.threads());
    return Math.clamp((share - ROW_BUFFER) / 2, SMALLEST_TARGET, TARGET);
  }

  @Override
  public ObjectTable objects() {
    return objects;
  }

  @Override
  public Uploads uploads() {
    return uploads;
  }

  @Override
  public Pending pending() {
    return pending;
  }

  @Override
  public Reuse reuse() {
    return reuse;
  }

  @Override
  public Suspects suspects() {
    return suspects;
  }

  @Override
  public Condemned condemned() {
    return condemned;
  }

  @Override
  public void requireLease() {
    lease.requireNotLost();
  }

  @Override
  public void sent() {
    sentFrames.increment();
  }

  @Override
  public void reused(long rowBytes) {
    reusedFrames.increment();
    reusedBytes.add(rowBytes);
  }

  @Override
  public void finished(TableName table, int slice, FrameList frames) {
    Map<Integer, FrameList> of = slices.computeIfAbsent(table, t -> new TreeMap<>());
    synchronized (of) {
      of.put(slice, frames);
    }
  }

  @Override
  public void laneClosed() {
    openLanes.decrementAndGet();
  }
}
