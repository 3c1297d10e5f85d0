package dev.foldback.cli.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.backup.Backup;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.Way;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.Transaction;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.moment.MomentSummary;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.repository.InitOptions;
import dev.foldback.repository.Repositories;
import dev.foldback.storage.Stores;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Segments that hold rows alone are not read to find a moment. The same log stored as one segment,
 * which is read, must say the same of every cut.
 */
abstract class ManySegmentsContract {
  private static final SourceName SOURCE = new SourceName("w");

  abstract ServerKind kind();

  @Test
  void whatIsPassedOverIsKnownAllTheSame(@TempDir Path folder) throws Exception {
    long seed = Seed.next();
    Workload work = new Workload(seed, kind().mariaDb(), true);
    ServerOptions options =
        ServerOptions.quick()
            .with("--log-bin=binlog", "--server-id=7", "--binlog-format=ROW", "--sync-binlog=0");
    if (!kind().mariaDb()) {
      options = options.with("--gtid-mode=ON", "--enforce-gtid-consistency=ON");
    }
    Path many = Files.createDirectory(folder.resolve("many"));
    Path one = folder.resolve("one");
    List<String> ids = new ArrayList<>();
    try (TestServer source = TestServers.fresh(kind(), options);
        Connection connection = source.connect();
        SourceServer server = new MySqlEngine().openSource(source.endpoint())) {
      source.execute(Workload.schema(kind().mariaDb()).toArray(new String[0]));
      source.execute("CREATE TABLE w.jump (id INT PRIMARY KEY)");
      work.run(connection, 50);
      try (ObjectStore store = Stores.open(many.toString(), Map.of())) {
        Repositories.init(store, InitOptions.unsealed());
        try (Repository repository = open(store)) {
          backup(repository, server);
          copy(many, one);
          for (int i = 0; i < 5; i++) {
            work.run(connection, 40);
            ids.add(newest(source));
            if (i % 3 == 1) {
              source.execute("CREATE TABLE w.made" + i + " (id INT PRIMARY KEY)");
            }
            if (i % 4 == 3) {
              // The clock goes back: order comes from places, and a time ends before the first
              // later commit.
              source.execute(
                  "SET SESSION timestamp = UNIX_TIMESTAMP() - 3600",
                  "INSERT INTO w.jump VALUES (" + i + ")");
            }
            work.run(connection, 1);
            capture(repository, server);
            source.execute("INSERT INTO w.jump VALUES (" + (100 + i) + ")");
            ids.add(newest(source));
            source.execute("UPDATE w.jump SET id = id + 1000 WHERE id = " + (100 + i));
            capture(repository, server);
            Thread.sleep(300);
          }
        }
      }
      try (ObjectStore store = Stores.open(one.toString(), Map.of());
          Repository repository = open(store)) {
        capture(repository, server);
      }
      try (ObjectStore manyStore = Stores.open(many.toString(), Map.of());
          ObjectStore oneStore = Stores.open(one.toString(), Map.of());
          Repository manySegments = open(manyStore);
          Repository oneSegment = open(oneStore);
          TargetServer target = new MySqlEngine().openTarget(source.endpoint())) {
        List<SegmentManifest> segments = manySegments.log(SOURCE).segments();
        assertThat(segments).hasSizeGreaterThan(8);
        assertThat(oneSegment.log(SOURCE).segments()).hasSize(1);
        assertThat(segments.stream().filter(s -> s.stretch().statements().orElse(9) == 0).count())
            .as("seed " + seed)
            .isGreaterThanOrEqualTo(5);
        for (Cut cut : cuts(segments, ids)) {
          assertThat(said(manySegments, target, cut, folder))
              .as("seed %d %s", seed, cut)
              .isEqualTo(said(oneSegment, target, cut, folder));
        }
      }
    }
  }

  private static List<Cut> cuts(List<SegmentManifest> segments, List<String> ids) {
    List<Cut> cuts = new ArrayList<>(List.of(new Cut.End()));
    for (SegmentManifest segment : segments.subList(1, segments.size())) {
      cuts.add(new Cut.Place(LogOrder.place(segment.to())));
      Instant latest = segment.stretch().latestCommit().orElseThrow();
      cuts.add(new Cut.At(latest));
      cuts.add(new Cut.At(latest.minusMillis(1)));
    }
    for (String id : ids) {
      cuts.add(new Cut.Through(id));
      cuts.add(new Cut.Before(id));
    }
    return cuts;
  }

  /** The transaction's own name is not known of one that was passed over. */
  private static String said(Repository repository, TargetServer target, Cut cut, Path folder) {
    try (Moment moment =
        Moment.open(
            repository,
            new MySqlEngine(),
            target,
            SOURCE,
            cut,
            "t",
            folder.resolve("work"),
            Progress.NONE)) {
      MomentSummary summary = moment.summary();
      return summary.end()
          + " "
          + summary.statements()
          + " "
          + summary.last().map(Transaction::committed);
    } catch (FoldbackException e) {
      // A time in the second of the snapshot, such as its own.
      assertThat(e.code()).isEqualTo(ErrorCode.MOMENT_UNREACHABLE);
      return e.code().code();
    }
  }

  private static Repository open(ObjectStore store) {
    return Repositories.open(store, Optional.empty(), Clock.systemUTC());
  }

  private static void backup(Repository repository, SourceServer server) {
    new Backup(repository, server, Clock.systemUTC())
        .run(
            new BackupOptions(
                SOURCE,
                new Selection(List.of("w"), List.of()),
                SnapshotOptions.threads(2),
                1,
                false),
            Way.FULL.because("a test"),
            Progress.NONE);
  }

  private static void capture(Repository repository, SourceServer server) {
    new Capture(repository, server)
        .run(new CaptureOptions(SOURCE, true, Duration.ofSeconds(30), false, 1), Progress.NONE);
  }

  private static String newest(TestServer server) throws Exception {
    boolean mariaDb = server.kind().mariaDb();
    String set =
        server
            .texts(mariaDb ? "SELECT @@gtid_binlog_pos" : "SELECT @@global.gtid_executed")
            .getFirst()
            .replace("\n", "");
    return mariaDb ? set : set.replaceFirst(":.*[-:]", ":");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
