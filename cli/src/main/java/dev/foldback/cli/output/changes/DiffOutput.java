package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.cli.output.Words;
import dev.foldback.core.TableName;
import dev.foldback.core.diff.DiffListener;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Writes the rows that differ between two points, each as the change from one to the other. */
public final class DiffOutput implements DiffListener {
  private final Lines lines;
  private final RowChanges rows;
  private final boolean json;
  private final Clock clock;
  private final long limit;
  private final Map<TableName, Long> written = new HashMap<>();

  /**
   * @param limit how many rows of a table are written
   */
  public DiffOutput(PrintStream out, Clock clock, DatabaseEngine engine, boolean json, long limit) {
    this.lines = new Lines(out);
    this.rows = new RowChanges(engine);
    this.clock = clock;
    this.json = json;
    this.limit = limit;
  }

  @Override
  public void added(TableState table, RowImage after) {
    if (isWanted(table)) {
      write(rows.insert(table, after));
    }
  }

  @Override
  public void changed(TableState table, RowImage before, RowImage after) {
    if (isWanted(table)) {
      write(rows.update(table, before, after));
    }
  }

  @Override
  public void removed(TableState table, RowImage before) {
    if (isWanted(table)) {
      write(rows.delete(table, before));
    }
  }

  private boolean isWanted(TableState table) {
    return written.merge(table.name(), 1L, Long::sum) <= limit;
  }

  private void write(RowChange change) {
    if (!json) {
      lines.add(Words.safe(TextFormat.line(change).replace('\n', ' ')), "\n");
      return;
    }
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
    lines.add(node.toString(), "\n");
  }

  /** Nothing more comes. */
  public void end() {
    lines.flush();
  }
}
