package dev.foldback.repository;

import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
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
              Damage.help(broken)));
      return verdict(manifest, false, Set.of(), ownObjects(manifest));
    }
    Set<String> tables = new TreeSet<>();
    Set<String> hit = new TreeSet<>();
    if (!damages.isEmpty()) {
      trace(manifest, tables, hit);
    }
    return verdict(manifest, hit.isEmpty(), tables, hit);
  }

  private VerifyReport.Verdict verdict(
      StoredManifest manifest, boolean good, Set<String> tables, Set<String> objects) {
    return new VerifyReport.Verdict(
        manifest.summary().id(),
        good,
        List.copyOf(tables),
        objects.stream().filter(damages::isThereDamaged).toList());
  }

  /** What the manifest itself names: all that can be told where the index can't be read. */
  private static Set<String> ownObjects(StoredManifest manifest) {
    Set<String> objects = new TreeSet<>();
    manifest.index().forEach(part -> objects.add(part.object()));
    manifest.catalogue().forEach(frame -> objects.add(frame.object()));
    return objects;
  }

  private void trace(StoredManifest manifest, Set<String> tables, Set<String> hit) {
    String id = manifest.summary().id().value();
    var _ =
        SnapshotIndex.load(
            store, manifest, (table, frame, bytes) -> trace(id, table, frame, tables, hit));
    for (FrameRef frame : manifest.catalogue()) {
      damages.of(frame).ifPresent(what -> touch(what, frame.object(), id, "the catalogue", hit));
    }
    for (IndexRef part : manifest.index()) {
      damages.of(part.object()).ifPresent(what -> touch(what, part.object(), id, "the index", hit));
    }
  }

  private void trace(
      String id, TableName table, FrameRef frame, Set<String> tables, Set<String> hit) {
    damages
        .of(frame)
        .ifPresent(
            what -> {
              tables.add(table.toString());
              touch(what, frame.object(), id, table.toString(), hit);
            });
  }

  private void touch(
      FoldbackException what, String object, String id, String table, Set<String> hit) {
    hit.add(object);
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
        Damage.help(what));
  }

  private static String some(Set<String> names) {
    String first = String.join(", ", names.stream().limit(NAMED).toList());
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
