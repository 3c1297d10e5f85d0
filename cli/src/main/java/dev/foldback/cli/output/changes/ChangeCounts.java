package dev.foldback.cli.output.changes;

import dev.foldback.core.TableName;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts changes for each table and minute. The source's clock may step back, so minutes wait for a
 * while; one that comes back after that is written again, with what was counted since.
 */
final class ChangeCounts implements ChangeOutput {
  private static final int MOST = 1 << 16;

  private final ChangeFormat format;
  private final Lines lines;
  private final TreeMap<Cell, long[]> counts =
      new TreeMap<>(Comparator.comparing(Cell::minute).thenComparing(Cell::table));
  private Instant minute = Instant.EPOCH;

  /** What is counted together. */
  private record Cell(Instant minute, TableName table) {}

  ChangeCounts(ChangeFormat format, Lines lines) {
    this.format = format;
    this.lines = lines;
  }

  @Override
  public void begin(Transaction transaction) {
    minute = transaction.committed().truncatedTo(ChronoUnit.MINUTES);
  }

  @Override
  public void insert(TableState table, RowImage after) {
    count(table, 0);
  }

  @Override
  public void update(TableState table, RowImage before, RowImage after) {
    count(table, 1);
  }

  @Override
  public void delete(TableState table, RowImage before) {
    count(table, 2);
  }

  private void count(TableState table, int kind) {
    counts.computeIfAbsent(new Cell(minute, table.name()), c -> new long[3])[kind]++;
  }

  @Override
  public void statement(LoggedStatement statement) {}

  @Override
  public void commit(LogPlace end) {
    while (counts.size() > MOST) {
      write(counts.pollFirstEntry());
    }
  }

  private void write(Map.Entry<Cell, long[]> entry) {
    long[] of = entry.getValue();
    format.counts(entry.getKey().minute(), entry.getKey().table(), of[0], of[1], of[2]);
  }

  @Override
  public void end() {
    counts.entrySet().forEach(this::write);
    lines.flush();
  }
}
