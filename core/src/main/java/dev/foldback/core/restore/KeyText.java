package dev.foldback.core.restore;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the key of a row in its text, for people to look it up. */
final class KeyText {
  private static final int LONGEST = 80;
  private final List<String> names;
  private final List<Integer> columns = new ArrayList<>();

  KeyText(TableDefinition table) {
    names = table.key();
    List<String> all = table.columns().stream().map(ColumnLayout::name).toList();
    names.forEach(name -> columns.add(all.indexOf(name)));
  }

  String first(RowBuffer rows) {
    return text(rows, 0);
  }

  String last(RowBuffer rows, int rowStart) {
    return text(rows, rowStart);
  }

  private String text(RowBuffer rows, int start) {
    if (columns.isEmpty() || columns.contains(-1)) {
      return "(no key) row '" + line(rows, start) + "'";
    }
    String[] values = wholeLine(rows, start).split("\t", -1);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      parts.add(names.get(i) + "=" + values[columns.get(i)]);
    }
    return cut(String.join(", ", parts));
  }

  private static String line(RowBuffer rows, int start) {
    return cut(wholeLine(rows, start));
  }

  private static String wholeLine(RowBuffer rows, int start) {
    int end = start;
    while (end < rows.length && rows.bytes[end] != '\n') {
      end++;
    }
    return new String(rows.bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
