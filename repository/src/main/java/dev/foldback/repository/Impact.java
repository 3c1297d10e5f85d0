package dev.foldback.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells which tables and snapshots damage touches. */
final class Impact {
  private static final int NAMED = 20;

  private final ObjectStore store;
  private final Damages damages;
  private final Map<String, FoldbackException> unreadable;
  private final List<Finding> findings;
  private final Map<FoldbackException, Touched> touched = new LinkedHashMap<>();

  private record Touched(String object, Set<String> tables, Set<String> snapshots) {}

  Impact(
      ObjectStore store,
      Damages damages,
      Map<String, FoldbackException> unreadable,
      List<Finding> findings) {
    this.store = store;
    this.damages = damages;
    this.unreadable = unreadable;
    this.findings = findings;
  }

  List<VerifyReport.Verdict> judge(List<StoredManifest> manifests) {
    List<VerifyReport.Verdict> verdicts = new ArrayList<>();
    for (StoredManifest manifest : manifests) {
      verdicts.add(judge(manifest));
    }
    touched.forEach((what, t) -> findings.add(finding(what, t)));
    return verdicts;
  }

  private VerifyReport.Verdict judge(StoredManifest manifest) {
    String id = manifest.summary().id().value();
    FoldbackException broken = unreadable.get(id);
    if (broken != null) {
      findings.add(
          Finding.error(
              broken.code().code(),
              id,
              "snapshot " + id + " can't be restored: " + broken.getMessage(),
              broken.hint()));
      return new VerifyReport.Verdict(manifest.summary().id(), false, List.of());
    }
    Set<String> tables = new TreeSet<>();
    boolean good = true;
    if (!damages.isEmpty()) {
      good = trace(manifest, tables);
    }
    return new VerifyReport.Verdict(manifest.summary().id(), good, List.copyOf(tables));
  }

  private boolean trace(StoredManifest manifest, Set<String> tables) {
    String id = manifest.summary().id().value();
    Set<Object> hit = new HashSet<>();
    var _ =
        SnapshotIndex.load(
            store, manifest, (table, frame, bytes) -> trace(id, table, frame, tables, hit));
    for (FrameRef frame : manifest.catalogue()) {
      damages.of(frame).ifPresent(what -> touch(what, frame.object(), id, "the catalogue", hit));
    }
    for (IndexRef part : manifest.index()) {
      damages.of(part.object()).ifPresent(what -> touch(what, part.object(), id, "the index", hit));
    }
    return hit.isEmpty();
  }

  private void trace(
      String id, TableName table, FrameRef frame, Set<String> tables, Set<Object> hit) {
    damages
        .of(frame)
        .ifPresent(
            what -> {
              tables.add(table.toString());
              touch(what, frame.object(), id, table.toString(), hit);
            });
  }

  private void touch(
      FoldbackException what, String object, String id, String table, Set<Object> hit) {
    hit.add(what);
    Touched t =
        touched.computeIfAbsent(
            what, w -> new Touched(object, new LinkedHashSet<>(), new LinkedHashSet<>()));
    t.tables.add(table);
    t.snapshots.add(id);
  }

  private static Finding finding(FoldbackException what, Touched t) {
    return Finding.error(
        what.code().code(),
        t.object,
        what.getMessage() + ". It touches " + some(t.tables) + " in snapshot " + some(t.snapshots),
        what.hint());
  }

  private static String some(Set<String> names) {
    String first = String.join(", ", names.stream().limit(NAMED).toList());
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
