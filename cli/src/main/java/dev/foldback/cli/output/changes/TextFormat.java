package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.foldback.cli.output.Words;
import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line for each transaction, and below it one for each change. */
final class TextFormat implements ChangeFormat {
  private final Lines lines;

  TextFormat(Lines lines) {
    this.lines = lines;
  }

  @Override
  public void begin(Transaction transaction) {
    add(
        transaction.committed()
            + " "
            + (transaction.id().isEmpty() ? "" : transaction.id() + " ")
            + transaction.start());
  }

  @Override
  public void row(Transaction transaction, RowChange change) {
    add("  " + line(change));
  }

  /** A change in one line. */
  static String line(RowChange change) {
    String key = change.key() == null ? "" : " (" + list(change.key()) + ")";
    return change.kind() + " " + change.table() + key + ": " + what(change);
  }

  private static String what(RowChange change) {
    Map<String, @Nullable String> before = change.before();
    Map<String, @Nullable String> after = change.after();
    if (before == null) {
      return after == null ? "" : list(after);
    }
    if (after == null) {
      return list(before);
    }
    List<String> changed = new ArrayList<>();
    before.forEach(
        (name, value) ->
            changed.add(
                name
                    + " "
                    + quoted(value)
                    + (after.containsKey(name) ? " -> " + quoted(after.get(name)) : "")));
    for (String name : after.keySet()) {
      if (!before.containsKey(name)) {
        changed.add(name + " -> " + quoted(after.get(name)));
      }
    }
    return String.join(", ", changed);
  }

  private static String list(Map<String, @Nullable String> values) {
    List<String> all = new ArrayList<>();
    values.forEach((name, value) -> all.add(name + " " + quoted(value)));
    return String.join(", ", all);
  }

  /** Control characters are escaped, so a value stays in its line. */
  private static String quoted(@Nullable String value) {
    return value == null ? "NULL" : TextNode.valueOf(value).toString();
  }

  @Override
  public void statement(Transaction transaction, LoggedStatement statement) {
    add("  statement: " + statement.sql().replaceAll("\\s+", " "));
  }

  @Override
  public void counts(Instant minute, TableName table, long inserts, long updates, long deletes) {
    add(
        minute
            + " "
            + table
            + ": "
            + Words.count(inserts, "insert")
            + ", "
            + Words.count(updates, "update")
            + ", "
            + Words.count(deletes, "delete"));
  }

  private void add(String line) {
    lines.add(Words.safe(line.replace('\n', ' ')), "\n");
  }
}
