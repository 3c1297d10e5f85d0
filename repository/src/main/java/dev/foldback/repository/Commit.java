package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.repository.SnapshotContents;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            contents.taken().orElse(draft.started()),
            clock.instant(),
            contents.position(),
            contents.storedLog(),
            contents.method(),
            contents.selection(),
            contents.tables().size(),
            rows,
            rowBytes,
            stored,
            run.uploads().sentBytes.sum(),
            findings(contents),
            contents.checks(),
            Optional.of(contents.origin()));
    byte[] manifest = ManifestCodec.write(new StoredManifest(summary, catalogue, parts));
    claim(manifest, used, parts);
    new CommitFile(store, lease)
        .put(Keys.manifest(draft.source(), draft.id()), manifest, "snapshot " + draft.id());
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
    List<Finding> all = new ArrayList<>(contents.findings());
    found(
        all,
        ErrorCode.OBJECT_MISSING,
        run.reuse().presence().missing(),
        " of earlier snapshots are missing from the store or cut short; this snapshot holds their"
            + " rows anew");
    Set<String> damaged = new HashSet<>(run.suspects().avoided());
    damaged.removeAll(run.suspects().replaced());
    found(
        all,
        ErrorCode.OBJECT_DAMAGED,
        damaged,
        " of earlier snapshots are damaged; this snapshot holds what was in them anew");
    found(
        all,
        ErrorCode.OBJECT_DAMAGED,
        run.suspects().replaced(),
        " in the store were damaged and hold their own bytes again");
    return all;
  }

  private void found(List<Finding> all, ErrorCode code, Set<String> objects, String what) {
    if (!objects.isEmpty()) {
      all.add(
          Finding.warning(
              code.code(),
              draft.source().value(),
              objects.size() + " objects" + what,
              "Run 'foldback verify' to see which snapshots can be restored in full."));
    }
  }
}
