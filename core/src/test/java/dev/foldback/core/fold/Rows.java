package dev.foldback.core.fold;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.RowSource;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.log.RowImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables, rows and images for tests. A row is a string with tabs and no newline. */
final class Rows {
  /** In an image: the log left the column out. */
  static final String ABSENT = "<absent>";

  private Rows() {}

  /**
   * A table.
   *
   * @param columns name and type, such as {@code id int}
   */
  static TableDefinition table(String name, List<String> key, String... columns) {
    List<ColumnLayout> layouts = new ArrayList<>();
    for (String column : columns) {
      int blank = column.indexOf(' ');
      String type = column.substring(blank + 1);
      layouts.add(new ColumnLayout(column.substring(0, blank), type, encoding(type)));
    }
    return new TableDefinition(
        new TableName("shop", name), layouts, key, List.of(Slice.whole(0)), 0, 0, Map.of());
  }

  private static ColumnLayout.Encoding encoding(String type) {
    if (type.startsWith("int") || type.startsWith("decimal")) {
      return ColumnLayout.Encoding.NUMBER;
    }
    if (type.startsWith("enum")) {
      return ColumnLayout.Encoding.INDEX;
    }
    return type.equals("double") ? ColumnLayout.Encoding.FLOAT : ColumnLayout.Encoding.BYTES;
  }

  static RowImage image(String row) {
    return image(row.split("\t", -1));
  }

  static RowImage image(String... values) {
    RowImage image = new RowImage(values.length);
    for (int i = 0; i < values.length; i++) {
      boolean absent = values[i].equals(ABSENT);
      byte[] bytes = absent ? new byte[0] : values[i].getBytes(StandardCharsets.UTF_8);
      image.absent[i] = absent;
      image.absentCount += absent ? 1 : 0;
      image.editedCount += ValueEdits.isEdits(bytes, 0, bytes.length) ? 1 : 0;
      image.text.reserve(bytes.length + 1L);
      System.arraycopy(bytes, 0, image.text.bytes, image.text.length, bytes.length);
      image.text.length += bytes.length;
      image.ends[i] = image.text.length;
      image.text.bytes[image.text.length++] = (byte) (i == values.length - 1 ? '\n' : '\t');
    }
    return image;
  }

  static RowSource source(List<String> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text(text.toString(), rows.size());
  }

  /** Rows that end where the text does. */
  static RowSource cut(String text) {
    return text(text, 1);
  }

  private static RowSource text(String text, int rows) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new RowSource() {
      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public long rows() {
        return rows;
      }

      @Override
      public long bytes() {
        return bytes.length;
      }
    };
  }

  static RowSource source(String... rows) {
    return source(List.of(rows));
  }

  /** All rows, in the order in which they come. */
  static List<String> read(RowSource source) throws IOException {
    try (InputStream in = source.open()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    }
  }

  static RowSetDigest.Value digest(Iterable<String> rows) {
    RowSetDigest digest = new RowSetDigest();
    for (String row : rows) {
      byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
      digest.add(bytes, 0, bytes.length);
    }
    return digest.value();
  }
}
