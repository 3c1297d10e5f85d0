package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record each, under a header. Rows stand in one field as a JSON object. */
final class CsvFormat implements ChangeFormat {
  private final Lines lines;

  CsvFormat(Lines lines, boolean summary) {
    this.lines = lines;
    if (summary) {
      write("minute", "schema", "table", "inserts", "updates", "deletes");
    } else {
      write(
          "committed",
          "transaction",
          "place",
          "kind",
          "schema",
          "table",
          "key",
          "before",
          "after",
          "statement");
    }
  }

  @Override
  public void row(Transaction transaction, RowChange change) {
    write(
        transaction.committed().toString(),
        transaction.id(),
        transaction.start().toString(),
        change.kind(),
        change.table().schema(),
        change.table().table(),
        values(change.key()),
        values(change.before()),
        values(change.after()),
        "");
  }

  @Override
  public void statement(Transaction transaction, LoggedStatement statement) {
    write(
        transaction.committed().toString(),
        transaction.id(),
        transaction.start().toString(),
        "statement",
        statement.schema(),
        "",
        "",
        "",
        "",
        statement.sql());
  }

  @Override
  public void counts(Instant minute, TableName table, long inserts, long updates, long deletes) {
    write(
        minute.toString(),
        table.schema(),
        table.table(),
        Long.toString(inserts),
        Long.toString(updates),
        Long.toString(deletes));
  }

  private static String values(@Nullable Map<String, @Nullable String> values) {
    ObjectNode node = JsonFormat.values(values);
    return node == null ? "" : node.toString();
  }

  private void write(String... fields) {
    lines.add(Stream.of(fields).map(CsvFormat::field).collect(Collectors.joining(",")), "\r\n");
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
