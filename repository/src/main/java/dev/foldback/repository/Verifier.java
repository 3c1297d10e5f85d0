package dev.foldback.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Checks what snapshots need: first their structure, then each object once however many snapshots
 * need it, and last, where something is wrong, what it touches.
 */
final class Verifier {
  private final ObjectStore store;
  private final Optional<Opener> opener;
  private final VerifyRequest request;
  private final Progress progress;
  private final boolean frames;
  private final VerifyObjects objects;
  private final Map<String, FoldbackException> unreadable = new HashMap<>();
  private final Damages damages = new Damages();
  private final List<Finding> findings = new ArrayList<>();
  private final LongAdder checkedBytes = new LongAdder();
  private final LongAdder checked = new LongAdder();

  Verifier(ObjectStore store, Optional<Opener> opener, VerifyRequest request, Progress progress) {
    this.store = store;
    this.opener = opener;
    this.request = request;
    this.progress = progress;
    this.frames = !request.quick() && opener.isPresent();
    this.objects = new VerifyObjects(frames);
  }

  VerifyReport verify(SnapshotFiles.Loaded snapshots, List<SegmentFiles.Loaded> logs) {
    SegmentCheck segments = new SegmentCheck(logs, damages, findings);
    SnapshotFiles.Loaded loaded =
        new SnapshotFiles.Loaded(snapshots.manifests(), segments.withDamaged(snapshots.damaged()));
    findings.addAll(loaded.damaged());
    segments.register(objects);
    progress.phase("structure", 0, 0);
    for (StoredManifest manifest : loaded.manifests()) {
      structure(manifest);
    }
    if (request.quick()) {
      progress.phase("presence", 0, 0);
      new PresenceCheck(store, objects, damages).run(request, loaded, findings);
      checked.add(objects.size());
      checkedBytes.add(objects.storedBytes());
    } else {
      progress.phase(frames ? "rows" : "bytes", 0, objects.storedBytes());
      readAll();
    }
    List<VerifyReport.Verdict> verdicts =
        new Impact(store, damages, unreadable, findings).judge(loaded.manifests());
    segments.judge();
    String kind = request.quick() ? "presence" : frames ? "rows" : "bytes";
    return new VerifyReport(kind, verdicts, checked.sum(), checkedBytes.sum(), findings);
  }

  private void structure(StoredManifest manifest) {
    String id = manifest.summary().id().value();
    // Before the index is read: its objects are checked one by one even where it can't be.
    manifest.index().forEach(objects::index);
    try {
      SnapshotIndex index =
          SnapshotIndex.load(store, manifest, (table, frame, bytes) -> objects.frame(frame, bytes));
      objects.add(index.objects());
      for (FrameRef frame : manifest.catalogue()) {
        objects.frame(frame, index.objects().sizeOf(index.objects().find(frame.object())));
      }
      if (frames && opener.isPresent()) {
        var _ = CatalogueReader.read(manifest, index, opener.get());
      }
    } catch (FoldbackException e) {
      if (!Damages.isDamage(e)) {
        throw e;
      }
      unreadable.put(id, e);
    }
  }

  /** Reads every object once, a bounded number at a time. */
  private void readAll() {
    int threads = Math.max(1, request.threads());
    ExecutorService pool = StoreThreads.pool("verify", threads);
    Semaphore room = new Semaphore(2 * threads);
    List<Future<?>> tasks = new ArrayList<>();
    try {
      for (int number = 0; number < objects.size(); number++) {
        int each = number;
        room.acquireUninterruptibly();
        tasks.removeIf(
            task -> {
              if (task.isDone()) {
                StoreThreads.get(task);
              }
              return task.isDone();
            });
        tasks.add(
            pool.submit(
                () -> {
                  try {
                    read(each);
                  } finally {
                    room.release();
                  }
                }));
      }
      tasks.forEach(StoreThreads::get);
    } finally {
      pool.shutdownNow();
    }
  }

  private void read(int number) {
    String object = objects.name(number);
    long bytes = objects.bytes(number);
    try {
      byte[] stored = StoredBytes.fetch(store, object, bytes, "a snapshot");
      List<FrameRef> inside = objects.frames(number);
      if (opener.isPresent() && !inside.isEmpty()) {
        check(opener.get().open(object, stored), inside);
      }
    } catch (FoldbackException e) {
      if (!Damages.isDamage(e)) {
        throw e;
      }
      damages.object(object, e);
    }
    checked.increment();
    checkedBytes.add(bytes);
    progress.advance(0, bytes);
  }

  private void check(Payload payload, List<FrameRef> inside) {
    for (FrameRef frame : inside) {
      try {
        Frames.check(payload, frame);
      } catch (FoldbackException e) {
        if (!Damages.isDamage(e)) {
          throw e;
        }
        damages.frame(frame, e);
      }
    }
  }
}
