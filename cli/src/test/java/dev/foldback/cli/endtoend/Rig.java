package dev.foldback.cli.endtoend;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FindingsException;
import dev.foldback.core.Selection;
import dev.foldback.core.SnapshotId;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.backup.Backup;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.BackupResult;
import dev.foldback.core.backup.MixedBackup;
import dev.foldback.core.backup.RestorePoint;
import dev.foldback.core.backup.Way;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.capture.CaptureResult;
import dev.foldback.core.consolidate.Consolidate;
import dev.foldback.core.consolidate.ConsolidateOptions;
import dev.foldback.core.consolidate.ConsolidateResult;
import dev.foldback.core.diff.Diff;
import dev.foldback.core.diff.DiffListener;
import dev.foldback.core.diff.DiffOptions;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.diff.Point;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogListing;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import dev.foldback.core.restore.Restore;
import dev.foldback.core.restore.RestoreOptions;
import dev.foldback.core.restore.RestorePlan;
import dev.foldback.core.restore.RestoreResult;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.verify.Verify;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.repository.InitOptions;
import dev.foldback.repository.RecoveryKey;
import dev.foldback.repository.Repositories;
import dev.foldback.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program without its command line: real engine, real repository in a folder, sealed. */
record Rig(Path folder) {
  static final SourceName SOURCE = new SourceName("shop");

  static Rig init(Path folder) {
    Rig rig = new Rig(folder);
    try (ObjectStore store = rig.store()) {
      Repositories.init(store, InitOptions.sealed(rig.key()));
    }
    return rig;
  }

  Path repository() {
    return folder.resolve("repository");
  }

  Path key() {
    return folder.resolve("recovery.key");
  }

  /** How many notes there are of objects that arrived and that no manifest names yet. */
  int pending() {
    try (ObjectStore store = store()) {
      List<String> keys = new ArrayList<>();
      store.list("pending/", each -> keys.add(each.key()));
      return keys.size();
    }
  }

  ObjectStore store() {
    return Stores.open(repository().toString(), Map.of());
  }

  private Repository open(ObjectStore store) {
    return Repositories.open(store, Optional.of(RecoveryKey.read(key())), Clock.systemUTC());
  }

  BackupResult backup(Endpoint server) {
    return backup(server, Selection.ALL, Progress.NONE);
  }

  BackupResult backup(Endpoint server, Selection selection, Progress progress) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        SourceServer source = new MySqlEngine().openSource(server)) {
      return new Backup(repository, source, Clock.systemUTC())
          .run(
              new BackupOptions(SOURCE, selection, SnapshotOptions.threads(2), 1, false),
              Way.DIFFERENTIAL.because("a test"),
              progress);
    }
  }

  /** Makes a restore point in the cheapest way. */
  RestorePoint backupOrLog(Endpoint server) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        SourceServer source = new MySqlEngine().openSource(server)) {
      return new MixedBackup(repository, source, Clock.systemUTC())
          .run(
              new BackupOptions(SOURCE, Selection.ALL, SnapshotOptions.threads(2), 1, false),
              Optional.empty(),
              Progress.NONE);
    }
  }

  /** Captures the log with the shortest lag, so that segments are many. */
  CaptureResult capture(Endpoint server, boolean once, boolean acceptHole, Progress progress) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        SourceServer source = new MySqlEngine().openSource(server)) {
      return new Capture(repository, source)
          .run(new CaptureOptions(SOURCE, once, Duration.ofSeconds(1), acceptHole, 1), progress);
    }
  }

  ConsolidateResult consolidate(Optional<Endpoint> scratch) {
    return consolidate(new Cut.End(), scratch);
  }

  ConsolidateResult consolidate(Cut cut, Optional<Endpoint> scratch) {
    try (ObjectStore store = store();
        Repository repository = open(store)) {
      Consolidate consolidate = new Consolidate(repository, new MySqlEngine(), Clock.systemUTC());
      ConsolidateOptions options =
          new ConsolidateOptions(SOURCE, cut, folder.resolve("work"), "c", 2, 1);
      if (scratch.isEmpty()) {
        return consolidate.run(options, Optional.empty(), Progress.NONE);
      }
      try (TargetServer server = new MySqlEngine().openTarget(scratch.get())) {
        return consolidate.run(options, Optional.of(server), Progress.NONE);
      }
    }
  }

  DiffResult diff(Point before, Point after, Optional<Endpoint> scratch, DiffListener listener) {
    try (ObjectStore store = store();
        Repository repository = open(store)) {
      Diff diff = new Diff(repository, new MySqlEngine());
      DiffOptions options =
          new DiffOptions(SOURCE, before, after, Selection.ALL, folder.resolve("work"), "d");
      if (scratch.isEmpty()) {
        return diff.run(options, Optional.empty(), listener, Progress.NONE);
      }
      try (TargetServer server = new MySqlEngine().openTarget(scratch.get())) {
        return diff.run(options, Optional.of(server), listener, Progress.NONE);
      }
    }
  }

  LogListing log() {
    try (ObjectStore store = store();
        Repository repository = open(store)) {
      return repository.log(SOURCE);
    }
  }

  byte[] segment(long number) throws IOException {
    try (ObjectStore store = store();
        Repository repository = open(store);
        InputStream in = repository.openSegment(SOURCE, number)) {
      return in.readAllBytes();
    }
  }

  RestoreResult restore(Endpoint server) {
    return restore(server, Selection.ALL, Renames.NONE, LoadRequest.Existing.REFUSE, Progress.NONE);
  }

  RestoreResult restore(
      Endpoint server,
      Selection selection,
      Renames renames,
      LoadRequest.Existing existing,
      Progress progress) {
    return restore(server, new Cut.End(), selection, renames, existing, progress);
  }

  /** Brings a snapshot back without the log after it. */
  RestoreResult restoreAlone(Endpoint server, SnapshotId snapshot) {
    RestoreOptions alone =
        new RestoreOptions(
            Optional.empty(),
            Optional.of(snapshot),
            new Cut.End(),
            folder.resolve("work"),
            Selection.ALL,
            Renames.NONE,
            LoadRequest.Existing.REFUSE,
            2,
            true,
            Optional.empty());
    return restore(server, alone, Progress.NONE);
  }

  private RestoreOptions options(
      Cut cut, Selection selection, Renames renames, LoadRequest.Existing existing) {
    return new RestoreOptions(
        Optional.empty(),
        Optional.empty(),
        cut,
        folder.resolve("work"),
        selection,
        renames,
        existing,
        2,
        true,
        Optional.empty());
  }

  RestoreResult restore(
      Endpoint server,
      Cut cut,
      Selection selection,
      Renames renames,
      LoadRequest.Existing existing,
      Progress progress) {
    return restore(server, options(cut, selection, renames, existing), progress);
  }

  private RestoreResult restore(Endpoint server, RestoreOptions options, Progress progress) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        TargetServer target = new MySqlEngine().openTarget(server)) {
      Restore restore = new Restore(repository, new MySqlEngine(), target, Clock.systemUTC());
      try (RestorePlan plan = restore.plan(options, progress)) {
        return restore.run(plan, progress);
      }
    }
  }

  /** Brings rows of some keys of one table, under another name. */
  RestoreResult restoreRows(Endpoint server, Cut cut, TableName table, TableName as, String where) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        TargetServer target = new MySqlEngine().openTarget(server)) {
      Restore restore = new Restore(repository, new MySqlEngine(), target, Clock.systemUTC());
      RestoreOptions options =
          new RestoreOptions(
              Optional.empty(),
              Optional.empty(),
              cut,
              folder.resolve("work"),
              new Selection(List.of(table.toString()), List.of()),
              new Renames(Map.of(), Map.of(table, as)),
              LoadRequest.Existing.REFUSE,
              2,
              true,
              Optional.of(where));
      try (RestorePlan plan = restore.plan(options, Progress.NONE)) {
        return restore.run(plan, Progress.NONE);
      }
    }
  }

  /** Refuses as a restore of everything would, and writes nothing either way. */
  void plan(Endpoint server) {
    try (ObjectStore store = store();
        Repository repository = open(store);
        TargetServer target = new MySqlEngine().openTarget(server)) {
      try (RestorePlan plan =
          new Restore(repository, new MySqlEngine(), target, Clock.systemUTC())
              .plan(
                  options(new Cut.End(), Selection.ALL, Renames.NONE, LoadRequest.Existing.REFUSE),
                  Progress.NONE)) {
        FindingsException.throwIfAny(
            plan.load().findings(), ErrorCode.NOT_RESTORABLE, "Nothing was written.");
      }
    }
  }

  SnapshotListing listing() {
    try (ObjectStore store = store();
        Repository repository = open(store)) {
      return repository.snapshots();
    }
  }

  VerifyReport verify(boolean quick) {
    try (ObjectStore store = store();
        Repository repository = open(store)) {
      return new Verify(repository, Clock.systemUTC())
          .run(new VerifyRequest(Optional.<SnapshotId>empty(), quick, 2), Progress.NONE);
    }
  }
}
