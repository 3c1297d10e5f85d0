package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Reversal;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.StatementReach;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The script that takes a history back. It hears the changes oldest first; what can't be taken back
 * exactly fails with {@code NOT_REVERSIBLE}. Not for several threads.
 */
public final class Undo implements HistoryListener, AutoCloseable {
  private final DatabaseEngine engine;
  private final List<SchemaObject> objects;
  private final List<StatementReach> makers;
  private final BackwardText parts;
  private final TreeMap<String, Finding> findings = new TreeMap<>();
  private final Set<TableName> checked = new HashSet<>();
  private Reversal reversal;
  private @Nullable Transaction current;
  private @Nullable TableName first;
  private boolean unlogged;
  private boolean written;
  private long changes;

  /**
   * @param history that will be told
   * @param workFolder for what memory has no room for
   */
  public Undo(DatabaseEngine engine, History history, Path workFolder) {
    this.engine = engine;
    this.objects = history.objects();
    this.makers =
        history.statements().stream()
            .map(engine::reach)
            .filter(StatementReach::makesTrigger)
            .toList();
    this.reversal = engine.reversal(List.of(), List.of());
    this.parts = new BackwardText(workFolder);
  }

  /** How many changes the script takes back. */
  public long changes() {
    return changes;
  }

  /** What is not taken back with the rest. */
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  @Override
  public void tables(Collection<TableState> tables) {
    reversal = engine.reversal(tables, objects);
  }

  @Override
  public void begin(Transaction transaction) {
    current = transaction;
    written = false;
  }

  @Override
  public void cascades(boolean unlogged) {
    this.unlogged = unlogged;
  }

  @Override
  public void insert(TableState table, RowImage after) {
    check(table, after);
    add(reversal.insert(table, after));
  }

  @Override
  public void update(TableState table, RowImage before, RowImage after) {
    check(table, before);
    RowImage whole = after.isWhole() ? after : Images.over(before, after);
    follow(table, before, Optional.of(whole));
    add(reversal.update(table, before, whole));
  }

  @Override
  public void delete(TableState table, RowImage before) {
    check(table, before);
    follow(table, before, Optional.empty());
    add(reversal.delete(table, before));
  }

  private void add(String part) {
    if (!part.isEmpty()) {
      parts.append(part);
      changes++;
      written = true;
    }
  }

  private void check(TableState table, RowImage image) {
    if (!image.isWhole()) {
      throw refused(
          "the log does not hold whole rows of " + table.name(),
          "Run SET GLOBAL binlog_row_image='FULL' on the source, so that later changes can be taken"
              + " back; foldback changes shows what these were.");
    }
    if (!checked.add(table.name())) {
      return;
    }
    if (first == null) {
      first = table.name();
    }
    reversal
        .refusal(table)
        .ifPresent(
            why -> {
              throw refused(
                  table.name() + " " + why,
                  "Restore the table beside the live one with foldback restore --at, and compare.");
            });
    if (reversal.setsOff(table.name()) || makers.stream().anyMatch(m -> m.touches(table.name()))) {
      findings.put(
          "triggers-fire " + table.name(),
          Finding.warning(
              "triggers-fire",
              table.name().toString(),
              "has triggers, which run again for what the script does; what they do comes on top",
              "Drop them before the script and create them again after it."));
    }
  }

  private void follow(TableState table, RowImage before, Optional<RowImage> after) {
    Set<TableName> followers =
        unlogged ? reversal.followers(table, before, after) : Set.<TableName>of();
    for (TableName follower : followers) {
      findings.put(
          "cascades-unlogged " + follower,
          Finding.warning(
              "cascades-unlogged",
              follower.toString(),
              "a foreign key (CASCADE or SET NULL) follows changes of "
                  + table.name()
                  + " here, below the log: what it did to rows of "
                  + follower
                  + " is not known and not taken back",
              "Restore the table beside the live one with foldback restore --at, and compare."));
    }
  }

  @Override
  public void statement(LoggedStatement statement) {
    if (!engine.reach(statement).isMaintenance()) {
      throw refused(
          "this statement at "
              + statement.at()
              + " can't be taken back: "
              + engine.reach(statement).shown(),
          "Choose moments that it is not between, or --table for a table that it does not name.");
    }
  }

  private FoldbackException refused(String what, String hint) {
    Transaction transaction = current;
    String where = transaction == null ? "" : " (transaction " + label(transaction) + ")";
    return new FoldbackException(
        ErrorCode.NOT_REVERSIBLE, what + where + "; no script was written", hint);
  }

  private static String label(Transaction transaction) {
    return transaction.id().isEmpty()
        ? "at " + transaction.start()
        : transaction.id() + " at " + transaction.start();
  }

  /** What stands behind a transaction's parts comes before them in the script. */
  @Override
  public void commit(LogPlace end) {
    Transaction transaction = current;
    if (written && transaction != null) {
      parts.append(
          "\n-- Takes back " + label(transaction) + ", " + transaction.committed() + ".\n");
    }
    current = null;
  }

  /**
   * A script without what could not be told would not take back exactly the changes. To be called
   * before {@link #write}.
   */
  public void refuseGaps(HistorySummary told) {
    for (Finding finding : told.findings()) {
      throw refused(finding.subject() + ": " + finding.message(), finding.hint());
    }
  }

  /**
   * Writes the script, once everything was told.
   *
   * @param words lines for people that come first
   */
  public void write(List<String> words, OutputStream out) throws IOException {
    List<String> lines = new ArrayList<>(words);
    for (Finding finding : findings()) {
      lines.add("WARNING: " + finding.subject() + " " + finding.message() + ". " + finding.hint());
    }
    TableName any = first;
    if (any == null) {
      out.write("-- Nothing happened that could be taken back.\n".getBytes(StandardCharsets.UTF_8));
      return;
    }
    out.write(reversal.begin(lines, any.schema()).getBytes(StandardCharsets.UTF_8));
    parts.writeTo(out);
    out.write(reversal.end().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    parts.close();
  }
}
