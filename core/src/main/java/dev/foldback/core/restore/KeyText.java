package dev.foldback.core.restore;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
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

  /** Which keys the slice holds. */
  String range(Slice slice) {
    if (names.isEmpty() || (slice.from() == null && slice.to() == null)) {
      return "(the whole table)";
    }
    String leading = names.getFirst() + "=";
    String from = slice.from() == null ? "the first" : cut(leading + slice.from());
    String to = slice.to() == null ? "the last" : "before " + cut(leading + slice.to());
    return "(from " + from + " to " + to + ")";
  }

  private String text(RowBuffer rows, int start) {
    if (columns.isEmpty() || columns.contains(-1)) {
      return "(no key) row '" + text(rows, start, end(rows, start, '\n')) + "'";
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int from = start;
      for (int column = 0; column < columns.get(i); column++) {
        from = end(rows, from, '\t') + 1;
      }
      int to = Math.min(end(rows, from, '\t'), end(rows, from, '\n'));
      parts.add(names.get(i) + "=" + text(rows, from, to));
    }
    return cut(String.join(", ", parts));
  }

  /** Where the next such byte is; none of them stands inside of a value. */
  private static int end(RowBuffer rows, int start, char mark) {
    int end = start;
    while (end < rows.length && rows.bytes[end] != mark) {
      end++;
    }
    return end;
  }

  /** A row may have a GiB: no more of it is taken than is shown. */
  private static String text(RowBuffer rows, int start, int end) {
    int most = Math.min(end, start + 4 * LONGEST);
    return cut(new String(rows.bytes, start, most - start, StandardCharsets.UTF_8));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
