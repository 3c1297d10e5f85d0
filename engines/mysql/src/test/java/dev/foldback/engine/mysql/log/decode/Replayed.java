package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.Transaction;
import dev.foldback.engine.mysql.log.json.JsonEdits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does to plain lists of row texts what the log says, and fails where a row that it changes or
 * deletes is not there as the log says it was. Bytes are kept as Latin-1 text.
 */
final class Replayed implements ChangeListener {
  final Map<TableName, List<String>> rows = new HashMap<>();
  final List<LoggedStatement> statements = new ArrayList<>();
  final List<Transaction> transactions = new ArrayList<>();
  final Map<TableName, Map<String, String>> sequences = new LinkedHashMap<>();
  final List<String> story = new ArrayList<>();
  int changes;
  int absent;
  int edits;
  private final boolean counting;
  private boolean open;

  Replayed() {
    this(false);
  }

  /**
   * @param counting whether it only counts, for very many rows
   */
  Replayed(boolean counting) {
    this.counting = counting;
  }

  List<String> rows(TableName table) {
    return rows.computeIfAbsent(table, name -> new ArrayList<>());
  }

  @Override
  public void begin(Transaction transaction) {
    if (open) {
      throw new AssertionError("begins inside another: " + transaction);
    }
    open = true;
    transactions.add(transaction);
    story.add("begin");
  }

  @Override
  public void insert(TableDefinition table, RowImage after) {
    if (!counting) {
      rows(table.name()).add(whole(after));
    }
    change("insert " + table.name().table());
  }

  @Override
  public void update(TableDefinition table, RowImage before, RowImage after) {
    if (!counting) {
      int index = find(table, before);
      List<String> rows = rows(table.name());
      rows.set(index, merged(rows.get(index), after));
    }
    change("update " + table.name().table());
  }

  @Override
  public void delete(TableDefinition table, RowImage before) {
    if (!counting) {
      rows(table.name()).remove(find(table, before));
    }
    change("delete " + table.name().table());
  }

  private void change(String what) {
    if (!open) {
      throw new AssertionError("outside of a transaction");
    }
    changes++;
    if (!counting) {
      story.add(what);
    }
  }

  @Override
  public void sequence(TableName name, Map<String, String> state) {
    sequences.put(name, state);
  }

  @Override
  public void cascades(boolean unlogged) {
    story.add("cascades " + unlogged);
  }

  @Override
  public void statement(LoggedStatement statement) {
    statements.add(statement);
    story.add("statement");
  }

  @Override
  public void commit(LogPlace end) {
    open = false;
    story.add("commit");
  }

  @Override
  public void rollback(LogPlace end) {
    open = false;
    story.add("rollback");
  }

  /** The row that the image describes: its last one, as a table without a key has many. */
  private int find(TableDefinition table, RowImage before) {
    List<String> rows = rows(table.name());
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (before.isWhole() ? rows.get(i).equals(whole(before)) : fits(rows.get(i), before)) {
        return i;
      }
    }
    throw new AssertionError(
        table.name() + " has no row " + whole(before) + " among " + sample(rows));
  }

  private static String sample(List<String> rows) {
    return rows.size() > 20 ? rows.size() + " rows" : rows.toString();
  }

  private static boolean fits(String row, RowImage image) {
    String[] values = row.split("\t", -1);
    for (int i = 0; i < values.length; i++) {
      if (!image.absent[i] && !values[i].equals(value(image, i))) {
        return false;
      }
    }
    return true;
  }

  private String merged(String row, RowImage after) {
    absent += after.absentCount;
    String[] values = row.split("\t", -1);
    for (int i = 0; i < values.length; i++) {
      if (after.isEdits(i)) {
        values[i] = edited(values[i], after, i);
      } else if (!after.absent[i]) {
        values[i] = value(after, i);
      }
    }
    return String.join("\t", values);
  }

  private String edited(String value, RowImage after, int column) {
    edits++;
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    RowBuffer out = new RowBuffer(64);
    int start = after.start(column);
    new JsonEdits().apply(bytes, 0, bytes.length, after.text.bytes, start, after.ends[column], out);
    return new String(out.bytes, 0, out.length, StandardCharsets.ISO_8859_1);
  }

  private static String value(RowImage image, int column) {
    int start = image.start(column);
    return new String(
        image.text.bytes, start, image.ends[column] - start, StandardCharsets.ISO_8859_1);
  }

  /** Without its newline. */
  static String whole(RowImage image) {
    byte[] bytes = image.text.bytes;
    if (bytes[image.text.length - 1] != '\n') {
      throw new AssertionError("a row without its newline");
    }
    return new String(bytes, 0, image.text.length - 1, StandardCharsets.ISO_8859_1);
  }
}
