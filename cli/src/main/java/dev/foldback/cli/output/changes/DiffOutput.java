package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.cli.output.Words;
import dev.foldback.core.TableName;
import dev.foldback.core.diff.DiffListener;
import dev.foldback.core.diff.DiffResult;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the rows that differ between two points, each as the change from one to the other. */
public final class DiffOutput implements DiffListener {
  private final Lines lines;
  private final RowChanges rows;
  private final Consumer<RowChange> format;
  private final long limit;
  private final Map<TableName, Long> written = new HashMap<>();

  private DiffOutput(Lines lines, DatabaseEngine engine, Consumer<RowChange> format, long limit) {
    this.lines = lines;
    this.rows = new RowChanges(engine);
    this.format = format;
    this.limit = limit;
  }

  /**
   * For people.
   *
   * @param limit how many rows of a table are written
   */
  public static DiffOutput text(PrintStream out, DatabaseEngine engine, long limit) {
    Lines lines = new Lines(out);
    return new DiffOutput(
        lines,
        engine,
        change -> lines.add(Words.safe(TextFormat.line(change).replace('\n', ' ')), "\n"),
        limit);
  }

  /** A JSON object a line; see docs/json.md. */
  public static DiffOutput json(PrintStream out, Clock clock, DatabaseEngine engine, long limit) {
    Lines lines = new Lines(out);
    return new DiffOutput(
        lines, engine, change -> lines.add(json(change, clock).toString(), "\n"), limit);
  }

  /** A record a row under a header, as RFC 4180 has it. */
  public static DiffOutput csv(PrintStream out, DatabaseEngine engine, long limit) {
    Lines lines = new Lines(out);
    Csv csv = new Csv(lines);
    csv.write("kind", "schema", "table", "key", "before", "after");
    return new DiffOutput(lines, engine, change -> csv(csv, change), limit);
  }

  /** A record a table whose rows differ, under a header. */
  public static void counts(PrintStream out, DiffResult result) {
    Lines lines = new Lines(out);
    Csv csv = new Csv(lines);
    csv.write("schema", "table", "added", "removed", "changed", "comparable");
    for (DiffResult.TableDifference t : result.tables()) {
      csv.write(
          t.table().schema(),
          t.table().table(),
          Long.toString(t.added()),
          Long.toString(t.removed()),
          Long.toString(t.changed()),
          Boolean.toString(t.comparable()));
    }
    lines.flush();
  }

  @Override
  public void added(TableState table, RowImage after) {
    if (isWanted(table)) {
      format.accept(rows.insert(table, after));
    }
  }

  @Override
  public void changed(TableState table, RowImage before, RowImage after) {
    if (isWanted(table)) {
      format.accept(rows.update(table, before, after));
    }
  }

  @Override
  public void removed(TableState table, RowImage before) {
    if (isWanted(table)) {
      format.accept(rows.delete(table, before));
    }
  }

  private boolean isWanted(TableState table) {
    return written.merge(table.name(), 1L, Long::sum) <= limit;
  }

  private static ObjectNode json(RowChange change, Clock clock) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "difference")
            .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("kind", change.kind())
            .put("schema", change.table().schema())
            .put("table", change.table().table());
    node.set("key", JsonFormat.values(change.key()));
    node.set("before", JsonFormat.values(change.before()));
    node.set("after", JsonFormat.values(change.after()));
    return node;
  }

  private static void csv(Csv csv, RowChange change) {
    csv.write(
        change.kind(),
        change.table().schema(),
        change.table().table(),
        Csv.values(change.key()),
        Csv.values(change.before()),
        Csv.values(change.after()));
  }

  /** Nothing more comes. */
  public void end() {
    lines.flush();
  }
}
