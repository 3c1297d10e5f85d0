package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.TableName;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of JSON, one a line; see docs/json.md. */
final class JsonFormat implements ChangeFormat {
  private final Lines lines;
  private final Clock clock;

  JsonFormat(Lines lines, Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  private ObjectNode event(String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private ObjectNode change(Transaction transaction, String kind) {
    return event("change")
        .put("committed", transaction.committed().toString())
        .put("transaction", transaction.id().isEmpty() ? null : transaction.id())
        .put("place", transaction.start().toString())
        .put("kind", kind);
  }

  @Override
  public void row(Transaction transaction, RowChange change) {
    ObjectNode node = change(transaction, change.kind());
    node.put("schema", change.table().schema()).put("table", change.table().table());
    node.set("key", values(change.key()));
    node.set("before", values(change.before()));
    node.set("after", values(change.after()));
    node.putNull("statement");
    lines.add(node.toString(), "\n");
  }

  @Override
  public void statement(Transaction transaction, LoggedStatement statement) {
    ObjectNode node = change(transaction, "statement");
    node.put("schema", statement.schema().isEmpty() ? null : statement.schema());
    node.putNull("table").putNull("key").putNull("before").putNull("after");
    node.put("statement", statement.sql());
    lines.add(node.toString(), "\n");
  }

  @Override
  public void counts(Instant minute, TableName table, long inserts, long updates, long deletes) {
    ObjectNode node = event("changes").put("minute", minute.toString());
    node.put("schema", table.schema()).put("table", table.table());
    node.put("inserts", inserts).put("updates", updates).put("deletes", deletes);
    lines.add(node.toString(), "\n");
  }

  static @Nullable ObjectNode values(@Nullable Map<String, @Nullable String> values) {
    if (values == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach((name, value) -> node.put(name, value));
    return node;
  }
}
