package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what makes objects a snapshot: catalogue, index, and the manifest last. */
final class Commit {
  private final ObjectStore store;
  private final SnapshotRun run;
  private final StoredSnapshotWriter.Draft draft;
  private final Clock clock;
  private final Lease lease;

  Commit(
      ObjectStore store,
      SnapshotRun run,
      StoredSnapshotWriter.Draft draft,
      Clock clock,
      Lease lease) {
    this.store = store;
    this.run = run;
    this.draft = draft;
    this.clock = clock;
    this.lease = lease;
  }

  SnapshotManifest write(
      SnapshotContents contents, Map<TableName, Map<Integer, FrameList>> slices) {
    List<FrameRef> catalogue = new CatalogueWriter(run).write(contents);
    BitSet used = new BitSet();
    long rows = 0;
    long rowBytes = 0;
    for (TableDefinition table : contents.tables()) {
      for (FrameList list : frames(table, slices)) {
        rows += list.rows();
        rowBytes += list.rowBytes();
        for (int i = 0; i < list.size(); i++) {
          // Two payloads of the same bytes are one object.
          used.set(run.objects().find(list.object(i)));
        }
      }
    }
    catalogue.forEach(frame -> used.set(run.objects().find(frame.object())));
    IndexWriter index = new IndexWriter(run);
    used.stream().forEach(index::object);
    contents.tables().forEach(t -> index.table(t, frames(t, slices)));
    List<IndexRef> parts = index.finish();
    long stored =
        used.stream().mapToLong(run.objects()::sizeOf).sum()
            + parts.stream().mapToLong(IndexRef::bytes).sum();
    SnapshotManifest summary =
        new SnapshotManifest(
            draft.id(),
            draft.source(),
            draft.server(),
            draft.started(),
            clock.instant(),
            contents.position(),
            contents.method(),
            contents.selection(),
            contents.tables().size(),
            rows,
            rowBytes,
            stored,
            run.uploads().sentBytes.sum(),
            findings(contents),
            contents.checks());
    byte[] manifest = ManifestCodec.write(new StoredManifest(summary, catalogue, parts));
    claim(manifest, used, parts);
    put(manifest);
    return summary;
  }

  /**
   * Says what the snapshot needs, then looks whether a prune is deleting any of it. The claim stays
   * until a prune sees the manifest: a listing may not show that yet.
   */
  private void claim(byte[] manifest, BitSet used, List<IndexRef> parts) {
    var _ = store.putIfAbsent(Keys.claim(draft.source(), draft.id()), manifest);
    Map<String, Long> needed = new HashMap<>();
    used.stream().forEach(i -> needed.put(run.objects().nameOf(i), run.objects().sizeOf(i)));
    parts.forEach(part -> needed.put(part.object(), part.bytes()));
    try {
      run.condemned().requireSpared(needed);
    } catch (FoldbackException e) {
      withdraw(e);
      throw e;
    }
  }

  /** A claim that nothing comes of would keep its objects for days. */
  private void withdraw(FoldbackException refusal) {
    try {
      store.delete(Keys.claim(draft.source(), draft.id()));
    } catch (StoreException e) {
      refusal.addSuppressed(e);
    }
  }

  private static List<FrameList> frames(
      TableDefinition table, Map<TableName, Map<Integer, FrameList>> slices) {
    Map<Integer, FrameList> of = slices.getOrDefault(table.name(), Map.of());
    return table.slices().stream()
        .map(
            slice -> {
              FrameList list = of.get(slice.number());
              if (list == null) {
                throw new FoldbackException(
                    ErrorCode.INTERNAL,
                    "slice "
                        + slice.number()
                        + " of "
                        + table.name()
                        + " was never written; nothing was committed",
                    "Report this as a defect.");
              }
              return list;
            })
        .toList();
  }

  private List<Finding> findings(SnapshotContents contents) {
    Set<String> missing = run.reuse().presence().missing();
    if (missing.isEmpty()) {
      return contents.findings();
    }
    List<Finding> all = new ArrayList<>(contents.findings());
    all.add(
        Finding.warning(
            ErrorCode.OBJECT_MISSING.code(),
            draft.source().value(),
            missing.size()
                + " objects of earlier snapshots are missing from the store or cut short; this"
                + " snapshot holds their rows anew, the earlier ones can't be restored in full",
            "Run 'foldback verify' to see which."));
    return all;
  }

  private void put(byte[] manifest) {
    lease.check();
    String key = Keys.manifest(draft.source(), draft.id());
    try {
      if (store.putIfAbsent(key, manifest) == PutOutcome.EXISTS && !isThere(key, manifest)) {
        throw new FoldbackException(
            ErrorCode.LEASE_LOST,
            "another run has committed a snapshot " + draft.id() + "; this one is not committed",
            "Run the backup again.");
      }
    } catch (StoreException e) {
      if (e.effect() == StoreException.Effect.NONE) {
        throw e;
      }
      resolve(key, manifest, e);
    }
  }

  /** The store does not know whether the commit took place, so it is read back. */
  private void resolve(String key, byte[] manifest, StoreException unknown) {
    boolean there;
    try {
      there = isThere(key, manifest);
    } catch (StoreException e) {
      unknown.addSuppressed(e);
      throw new FoldbackException(
          ErrorCode.COMMIT_UNKNOWN,
          "the store failed at the commit and can't be asked whether snapshot "
              + draft.id()
              + " is there; if it is, it is whole",
          "Look with 'foldback list' when the store answers; back up again if it is not there.",
          unknown);
    }
    if (!there) {
      throw unknown;
    }
  }

  private boolean isThere(String key, byte[] manifest) {
    try {
      return Arrays.equals(store.get(key), manifest);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
