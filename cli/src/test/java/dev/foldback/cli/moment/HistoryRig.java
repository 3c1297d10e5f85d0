package dev.foldback.cli.moment;

import dev.foldback.cli.output.changes.ChangeOutput;
import dev.foldback.core.Selection;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.backup.Backup;
import dev.foldback.core.backup.BackupOptions;
import dev.foldback.core.backup.Way;
import dev.foldback.core.capture.Capture;
import dev.foldback.core.capture.CaptureOptions;
import dev.foldback.core.consolidate.Consolidate;
import dev.foldback.core.consolidate.ConsolidateOptions;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.History;
import dev.foldback.core.moment.HistoryOptions;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.moment.Moment;
import dev.foldback.core.moment.Undo;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.repository.InitOptions;
import dev.foldback.repository.Repositories;
import dev.foldback.storage.Stores;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with its log captured into a repository, and what the history says of it. */
final class HistoryRig implements AutoCloseable {
  private static final SourceName SOURCE = new SourceName("w");

  final TestServer server;
  private final Path folder;
  private final ObjectStore store;
  private final Repository repository;
  private final SourceServer source;

  /**
   * @param more options of the server
   */
  HistoryRig(ServerKind kind, Path folder, String... more) {
    ServerOptions options =
        ServerOptions.quick()
            .with("--log-bin=binlog", "--server-id=7", "--binlog-format=ROW", "--sync-binlog=0")
            .with(more);
    if (!kind.mariaDb()) {
      options = options.with("--gtid-mode=ON", "--enforce-gtid-consistency=ON");
    }
    this.folder = folder;
    this.server = TestServers.fresh(kind, options);
    this.store = Stores.open(folder.resolve("repository").toString(), Map.of());
    Repositories.init(store, InitOptions.unsealed());
    this.repository = Repositories.open(store, Optional.empty(), Clock.systemUTC());
    this.source = new MySqlEngine().openSource(server.endpoint());
  }

  void backup() {
    new Backup(repository, source, Clock.systemUTC())
        .run(
            new BackupOptions(
                SOURCE,
                new Selection(List.of("w*"), List.of()),
                SnapshotOptions.threads(2),
                1,
                false),
            Way.FULL.because("a test"),
            Progress.NONE);
  }

  void capture() {
    new Capture(repository, source)
        .run(new CaptureOptions(SOURCE, true, Duration.ofSeconds(30), false, 1), Progress.NONE);
  }

  /** How much of the log is stored. */
  long logBytes() {
    return repository.log(SOURCE).segments().stream().mapToLong(s -> s.stretch().bytes()).sum();
  }

  void consolidate() {
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      new Consolidate(repository, new MySqlEngine(), Clock.systemUTC())
          .run(
              new ConsolidateOptions(SOURCE, new Cut.End(), folder.resolve("work"), "c", 2, 1),
              Optional.of(target),
              Progress.NONE);
    }
  }

  FoldJudge judge() {
    return new FoldJudge(repository, SOURCE, folder);
  }

  /** The newest transaction. */
  String newest() throws SQLException {
    boolean mariaDb = server.kind().mariaDb();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                mariaDb ? "SELECT @@gtid_binlog_pos" : "SELECT @@global.gtid_executed")) {
      row.next();
      String set = row.getString(1).replace("\n", "");
      return mariaDb ? set : set.replaceFirst(":.*[-:]", ":");
    }
  }

  HistoryOptions between(State from, State to, TableName... table) {
    return new HistoryOptions(
        SOURCE,
        Optional.of(new Cut.Place(from.place())),
        new Cut.Place(to.place()),
        table.length == 0 ? Optional.empty() : Optional.of(table[0]),
        folder.resolve("work"));
  }

  HistoryOptions all() {
    return new HistoryOptions(
        SOURCE, Optional.empty(), new Cut.End(), Optional.empty(), folder.resolve("work"));
  }

  HistoryOptions of(String transaction) {
    return HistoryOptions.transaction(
        SOURCE, transaction, Optional.empty(), folder.resolve("work"));
  }

  /** What came of a telling. */
  record Told(HistorySummary summary, String text) {
    List<String> lines() {
      return text.lines().toList();
    }
  }

  Told json(HistoryOptions options, boolean scratch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    return tell(
        options,
        ChangeOutput.json(print, Clock.systemUTC(), new MySqlEngine(), false),
        out,
        scratch);
  }

  Told csv(HistoryOptions options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    return tell(options, ChangeOutput.csv(print, new MySqlEngine(), false), out, false);
  }

  Told text(HistoryOptions options, boolean summary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    return tell(options, ChangeOutput.text(print, new MySqlEngine(), summary), out, false);
  }

  private Told tell(
      HistoryOptions options, ChangeOutput output, ByteArrayOutputStream out, boolean scratch) {
    History history = History.open(repository, new MySqlEngine(), options, Progress.NONE);
    try (TargetServer target = new MySqlEngine().openTarget(server.endpoint())) {
      HistorySummary summary =
          history.tell(
              scratch ? Optional.of(target) : Optional.empty(), "t", output, Progress.NONE);
      output.end();
      return new Told(summary, out.toString(StandardCharsets.UTF_8));
    }
  }

  /** A digest of each table's rows as the fold of snapshot and log gives them. */
  Map<TableName, RowSetDigest.Value> rows(Cut cut) throws IOException {
    return rows(cut, Moment.SHARE);
  }

  /** The same of some tables, with no other being asked for. */
  Map<TableName, RowSetDigest.Value> rows(Cut cut, List<TableName> only) throws IOException {
    return rows(cut, Moment.SHARE, Optional.of(only));
  }

  /**
   * @param share of the heap that the fold may take, as its inverse
   */
  Map<TableName, RowSetDigest.Value> rows(Cut cut, int share) throws IOException {
    return rows(cut, share, Optional.empty());
  }

  private Map<TableName, RowSetDigest.Value> rows(
      Cut cut, int share, Optional<List<TableName>> only) throws IOException {
    MySqlEngine engine = new MySqlEngine();
    try (TargetServer target = engine.openTarget(server.endpoint());
        Moment moment =
            Moment.open(
                repository,
                engine,
                Optional.of(target),
                SOURCE,
                cut,
                "t",
                folder.resolve("work"),
                share,
                Progress.NONE)) {
      return only.isEmpty() ? State.folded(moment) : State.folded(moment, only.get());
    }
  }

  /** A script with what was found while it was made. */
  record Script(String sql, List<String> findings) {
    /** One after another: no statement holds the end of a line. */
    List<String> statements() {
      return sql.lines().filter(l -> !l.isBlank() && !l.startsWith("-- ")).toList();
    }
  }

  Script undo(HistoryOptions options) throws IOException {
    History history = History.open(repository, new MySqlEngine(), options, Progress.NONE);
    try (Undo undo = new Undo(new MySqlEngine(), history, folder.resolve("work"))) {
      undo.refuseGaps(history.tell(Optional.empty(), "t", undo, Progress.NONE));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      undo.write(List.of("A script."), out);
      return new Script(
          out.toString(StandardCharsets.UTF_8),
          undo.findings().stream().map(f -> f.code() + " " + f.subject()).toList());
    }
  }

  /** Runs a script statement by statement on a connection of its own, as long as none fails. */
  void run(Script script) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : script.statements()) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new SQLException(e.getMessage() + " in " + sql, e.getSQLState(), e.getErrorCode());
        }
      }
    }
  }

  @Override
  public void close() {
    source.close();
    repository.close();
    store.close();
    server.close();
  }
}
