package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.prune.Dropping;
import dev.foldback.core.prune.Garbage;
import dev.foldback.core.prune.LogSegment;
import dev.foldback.core.prune.PruneOptions;
import dev.foldback.core.prune.Pruner;
import dev.foldback.core.prune.Swept;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.SnapshotManifest;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Deletes manifests first, so that what they say vanishes whole, and objects later. */
final class StoredPruner implements Pruner {
  private final ObjectStore store;
  private final Function<SnapshotFiles.Loaded, SnapshotListing> listing;
  private final SnapshotFiles snapshots;
  private final LogPruning log;
  private final Optional<Lease> lease;
  private final PruneOptions options;
  private final Marks marks;

  /**
   * @param lease empty for a dry run
   */
  StoredPruner(
      ObjectStore store,
      Function<SnapshotFiles.Loaded, SnapshotListing> listing,
      SnapshotFiles snapshots,
      SegmentFiles segments,
      Optional<Lease> lease,
      PruneOptions options) {
    this.store = store;
    this.listing = listing;
    this.snapshots = snapshots;
    this.log = new LogPruning(store, segments);
    this.lease = lease;
    this.options = options;
    this.marks = new Marks(store, snapshots);
  }

  @Override
  public SnapshotListing snapshots() {
    List<Finding> damaged = new ArrayList<>();
    List<SnapshotFiles.Place> places = new ArrayList<>(marks.places());
    places.sort(SnapshotFiles.Place.ORDER);
    return listing.apply(snapshots.load(places, damaged));
  }

  @Override
  public List<LogSegment> log() {
    return log.segments();
  }

  @Override
  public Garbage weigh(Dropping dropping, Progress progress) {
    progress.phase("weigh", 0, 0);
    Set<SnapshotFiles.Place> places = places(dropping);
    Set<String> dead = Set.copyOf(log.keys(dropping.log()));
    ObjectSet kept = marks.of(places, dead);
    ObjectSet dropped = marks.only(places, dead);
    long[] free = new long[4];
    store.list(
        Keys.OBJECTS,
        each -> {
          String name = each.key().substring(each.key().lastIndexOf('/') + 1);
          if (Hash.isHex(name) && !kept.has(name)) {
            int at = dropped.has(name) ? 0 : 2;
            synchronized (free) {
              free[at]++;
              free[at + 1] += each.size();
            }
          }
        });
    return new Garbage(free[0], free[1], free[2], free[3]);
  }

  private static Set<SnapshotFiles.Place> places(Dropping dropping) {
    return dropping.snapshots().stream().map(StoredPruner::place).collect(Collectors.toSet());
  }

  private static SnapshotFiles.Place place(SnapshotManifest manifest) {
    return new SnapshotFiles.Place(manifest.source(), manifest.id());
  }

  @Override
  public Swept drop(Dropping dropping, Progress progress) {
    Lease held = lease.orElseThrow(StoredPruner::dryRun);
    try {
      held.check();
      for (SnapshotFiles.Place place : new TreeSet<>(places(dropping))) {
        held.requireNotLost();
        drop(place);
      }
      long segments = log.drop(dropping.log(), held);
      Sweep.Outcome swept = new Sweep(store, marks, held, options.grace()).run(progress);
      return new Swept(
          dropping.snapshots().size(),
          segments,
          swept.deleted(),
          swept.deletedBytes(),
          swept.waiting(),
          swept.waitingBytes(),
          swept.clockKnown());
    } catch (StoreException e) {
      throw stopped(e);
    }
  }

  /** The claim goes first: without the manifest it would be that of a run under way. */
  private void drop(SnapshotFiles.Place place) {
    Claims.delete(store, place);
    store.delete(place.key());
    snapshots.forget(place.id());
    List<String> proofs = new ArrayList<>();
    store.list(Keys.proofs(place.source(), place.id()), each -> proofs.add(each.key()));
    proofs.forEach(store::delete);
  }

  private static StoreException stopped(StoreException e) {
    return new StoreException(
        e.kind(),
        e.effect(),
        e.getMessage()
            + "; the prune stopped half way: what is kept is whole, and the next one goes on",
        e.hint(),
        e,
        e.askedPause());
  }

  private static FoldbackException dryRun() {
    return new FoldbackException(
        ErrorCode.INTERNAL, "a dry run was to delete; nothing was", "Report this as a defect.");
  }

  @Override
  public void close() {
    lease.ifPresent(Lease::close);
  }
}
