package dev.foldback.cli.output.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as RFC 4180 has them. */
final class Csv {
  private final Lines lines;

  Csv(Lines lines) {
    this.lines = lines;
  }

  void write(String... fields) {
    lines.add(Stream.of(fields).map(Csv::field).collect(Collectors.joining(",")), "\r\n");
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** A row in one field, as a JSON object; empty for none. */
  static String values(@Nullable Map<String, @Nullable String> values) {
    ObjectNode node = JsonFormat.values(values);
    return node == null ? "" : node.toString();
  }
}
