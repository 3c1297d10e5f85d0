package dev.foldback.core.fold;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.ValueEdits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns of a table tell a row from all others: those of its key, or all. */
final class KeyShape {
  private static final int LONGEST = 80;
  private final TableDefinition table;
  private final @Nullable ValueEdits edits;
  private final @Nullable KeyOrder order;

  /** In the key's order; empty for no key. */
  final int[] columns;

  /** Whether the key's columns stand one after another, so that a row's text holds the key's. */
  final boolean adjoining;

  /** The last of the key's columns in a row. */
  final int lastColumn;

  KeyShape(TableDefinition table) {
    this(table, null);
  }

  /**
   * @param edits of values, as far as changes hold such
   */
  KeyShape(TableDefinition table, @Nullable ValueEdits edits) {
    this.table = table;
    this.edits = edits;
    List<String> names = table.columns().stream().map(ColumnLayout::name).toList();
    columns = table.key().stream().mapToInt(names::indexOf).toArray();
    boolean adjoin = true;
    int last = -1;
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] < 0) {
        throw new IllegalArgumentException(table.name() + ": frames lack a column of the key");
      }
      adjoin &= i == 0 || columns[i] == columns[i - 1] + 1;
      last = Math.max(last, columns[i]);
    }
    adjoining = adjoin;
    lastColumn = last;
    order = KeyOrder.of(table, columns);
  }

  TableDefinition table() {
    return table;
  }

  ValueEdits edits() {
    if (edits == null) {
      throw new IllegalStateException("edits in rows of " + table.name());
    }
    return edits;
  }

  boolean isKeyed() {
    return columns.length > 0;
  }

  /** How many columns a row has. */
  int width() {
    return table.columns().size();
  }

  /** The order of keys, if their text tells it. */
  @Nullable KeyOrder order() {
    return order;
  }

  /** For people to look the row up. */
  String describe(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (!isKeyed()) {
      return "(no key) row '" + cut(text) + "'";
    }
    String[] values = text.split("\t", -1);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      parts.add(table.key().get(i) + "=" + values[i]);
    }
    return cut(String.join(", ", parts));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
