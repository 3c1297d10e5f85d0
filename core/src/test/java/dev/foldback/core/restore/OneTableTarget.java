package dev.foldback.core.restore;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.LoadSession;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.Unfinished;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A server that takes everything, notes what it is asked, and gives back the rows of the test. */
final class OneTableTarget implements TargetServer {
  @Override
  public DefinitionHistory follow(
      String run,
      ServerInfo source,
      List<SchemaObject> objects,
      List<TableDefinition> tables,
      List<LoggedStatement> statements) {
    throw new UnsupportedOperationException("these tests have no log");
  }

  final List<String> calls = new ArrayList<>();
  String rows = "1\n2\n";
  List<Finding> missing = List.of();
  Optional<RuntimeException> noting = Optional.empty();

  /** How often a slice is read; the last time it is read well. */
  int tries = 1;

  @Override
  public List<KeptTables> kept() {
    return List.of();
  }

  @Override
  public List<Unfinished> unfinished() {
    return List.of();
  }

  @Override
  public Unfinished giveUp(String id) {
    throw new AssertionError("nothing is unfinished");
  }

  @Override
  public void release(String id) {
    throw new UnsupportedOperationException("nothing is kept");
  }

  @Override
  public KeptTables putBack(String id, Progress progress) {
    throw new UnsupportedOperationException("nothing is kept");
  }

  @Override
  public ServerInfo info() {
    return new ServerInfo("mysql", "9", "x", Map.of());
  }

  @Override
  public LoadPlan plan(LoadRequest request) {
    return new LoadPlan(
        request, request.tables(), request.objects(), Set.of(), List.of(), List.of());
  }

  @Override
  public LoadSession begin(LoadPlan plan, int threads, Progress progress) {
    return new Session();
  }

  @Override
  public void close() {}

  private final class Session implements LoadSession {
    @Override
    public void createTables() {
      calls.add("create");
    }

    @Override
    public void load(TableDefinition table, RowSource source) {
      calls.add("load");
    }

    @Override
    public void buildIndexes(TableDefinition table) {
      calls.add("index");
    }

    @Override
    public void createPrograms() {
      calls.add("programs");
    }

    @Override
    public long read(TableDefinition table, Slice slice, Supplier<? extends RowSink> sinks) {
      calls.add("read");
      for (int i = 1; i < tries; i++) {
        give("1\n", sinks.get());
      }
      return give(rows, sinks.get());
    }

    private static long give(String text, RowSink sink) {
      long count = 0;
      for (String row : text.lines().toList()) {
        byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
        sink.buffer().reserve(bytes.length);
        System.arraycopy(bytes, 0, sink.buffer().bytes, sink.buffer().length, bytes.length);
        sink.buffer().length += bytes.length;
        sink.endRow();
        count++;
      }
      return count;
    }

    @Override
    public void again(Collection<TableDefinition> tables) {
      noting.ifPresent(
          e -> {
            throw e;
          });
      calls.add("again " + tables.stream().map(TableDefinition::name).toList());
    }

    @Override
    public void complete() {
      calls.add("complete");
    }

    @Override
    public List<Finding> findings() {
      return missing;
    }

    @Override
    public List<Finding> missing() {
      return missing;
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
