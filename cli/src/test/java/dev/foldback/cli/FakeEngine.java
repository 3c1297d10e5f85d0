package dev.foldback.cli;

import dev.foldback.core.Finding;
import dev.foldback.core.Position;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.Reversal;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.ServerSnapshot;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.SnapshotOptions;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.StatementReach;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.LogDecoding;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import dev.foldback.core.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** An engine whose servers hold one schema without tables, and that notes what it is asked. */
final class FakeEngine implements DatabaseEngine {
  @Override
  public LogDecoding decodeLog(Definitions definitions, ChangeListener listener, Path workFolder) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public List<ActingKey> actingKeys(TableState table) {
    return List.of();
  }

  @Override
  public Optional<Equality> equality(TableState table, String column) {
    return Optional.empty();
  }

  @Override
  public OptionalInt numbered(TableState table) {
    return OptionalInt.empty();
  }

  @Override
  public SchemaObject withNextNumber(SchemaObject table, long next) {
    return table;
  }

  @Override
  public StatementReach reach(LoggedStatement statement) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public ValueEdits edits() {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public RowValues values(TableState table) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public Reversal reversal(Collection<TableState> tables, Collection<SchemaObject> objects) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public String joined(String transactions, List<String> ids) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  @Override
  public boolean includes(String transactions, String id) {
    return false;
  }

  final List<Endpoint> endpoints = new ArrayList<>();
  final List<Selection> selections = new ArrayList<>();
  final List<SnapshotOptions> readings = new ArrayList<>();
  final List<LoadRequest> requests = new ArrayList<>();
  final List<LogStart> logStarts = new ArrayList<>();
  List<Finding> planFindings = List.of();
  final List<Integer> restoreThreads = new ArrayList<>();
  List<Finding> missing = List.of();
  List<KeptTables> kept = List.of();
  List<Unfinished> unfinished = List.of();
  final List<String> gaveUp = new ArrayList<>();
  final List<String> released = new ArrayList<>();
  final List<String> putBack = new ArrayList<>();
  boolean restored;

  @Override
  public Set<String> schemes() {
    return Set.of("mysql", "mariadb");
  }

  @Override
  public SourceServer openSource(Endpoint endpoint) {
    endpoints.add(endpoint);
    return new Source();
  }

  @Override
  public TargetServer openTarget(Endpoint endpoint) {
    endpoints.add(endpoint);
    return new Target();
  }

  private final class Source implements SourceServer {
    @Override
    public ServerInfo info() {
      return Given.SERVER;
    }

    @Override
    public List<Finding> check(Selection selection) {
      selections.add(selection);
      return List.of();
    }

    @Override
    public ServerSnapshot openSnapshot(
        Selection selection, SnapshotOptions options, Progress progress) {
      readings.add(options);
      return new Snapshot();
    }

    @Override
    public List<Finding> checkLog() {
      return List.of();
    }

    @Override
    public LogFeed openLog(LogStart start, LogOptions options) {
      logStarts.add(start);
      return new FakeFeed();
    }

    @Override
    public void close() {}
  }

  private static final class Snapshot implements ServerSnapshot {
    @Override
    public Position position() {
      return new Position.None();
    }

    @Override
    public String method() {
      return "backup lock";
    }

    @Override
    public List<Finding> findings() {
      return List.of(Finding.info("quiet", "shop", "nothing to see"));
    }

    @Override
    public List<SchemaObject> objects() {
      return List.of(new SchemaObject("schema", "", "shop", "CREATE DATABASE shop", Map.of()));
    }

    @Override
    public List<TableDefinition> tables() {
      return List.of();
    }

    @Override
    public long read(TableDefinition table, Slice slice, RowSink sink) {
      throw new AssertionError("no table to read");
    }

    @Override
    public List<Finding> complete() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private final class Target implements TargetServer {
    @Override
    public DefinitionHistory follow(
        String run,
        ServerInfo source,
        List<SchemaObject> objects,
        List<TableDefinition> tables,
        List<LoggedStatement> statements) {
      throw new UnsupportedOperationException("these tests have no log");
    }

    @Override
    public List<KeptTables> kept() {
      return kept;
    }

    @Override
    public List<Unfinished> unfinished() {
      return unfinished;
    }

    @Override
    public Unfinished giveUp(String id) {
      gaveUp.add(id);
      return unfinished.getFirst();
    }

    @Override
    public void release(String id) {
      released.add(id);
    }

    @Override
    public KeptTables putBack(String id, Progress progress) {
      putBack.add(id);
      return Given.KEPT_INSTEAD;
    }

    @Override
    public ServerInfo info() {
      return Given.SERVER;
    }

    @Override
    public LoadPlan plan(LoadRequest request) {
      requests.add(request);
      return new LoadPlan(request, List.of(), request.objects(), Set.of(), List.of(), planFindings);
    }

    @Override
    public LoadSession begin(LoadPlan plan, int threads, Progress progress) {
      restoreThreads.add(threads);
      return new Session();
    }

    @Override
    public void close() {}
  }

  private final class Session implements LoadSession {
    @Override
    public void createTables() {}

    @Override
    public void load(TableDefinition table, RowSource rows) {
      throw new AssertionError("no table to load");
    }

    @Override
    public void buildIndexes(TableDefinition table) {
      throw new AssertionError("no table");
    }

    @Override
    public void createPrograms() {}

    @Override
    public long read(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks) {
      throw new AssertionError("no table");
    }

    @Override
    public void again(Collection<TableDefinition> tables) {
      throw new AssertionError("nothing differs");
    }

    @Override
    public List<Finding> missing() {
      return missing;
    }

    @Override
    public void complete() {
      restored = true;
    }

    @Override
    public List<Finding> findings() {
      return missing;
    }

    @Override
    public void close() {}
  }
}
