package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.RowImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables of a shop with keys between them, for tests. */
final class Shop {
  /** In an image: the log left the column out. */
  static final String ABSENT = "<absent>";

  private Shop() {}

  /** Equal values have equal bytes; nothing is known of those that begin with a question mark. */
  private record Bytes() implements Equality {
    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public byte @Nullable [] form(byte[] values, int from, int to) {
      return to > from && values[from] == '?' ? null : Arrays.copyOfRange(values, from, to);
    }
  }

  static Life life(String name, List<String> key, String... columns) {
    TableName table = new TableName("shop", name);
    List<ColumnLayout> layouts =
        Arrays.stream(columns)
            .map(column -> new ColumnLayout(column, "int", ColumnLayout.Encoding.NUMBER))
            .toList();
    return new Life(
        new TableDefinition(table, layouts, key, List.of(Slice.whole(0)), 0, 0, Map.of()),
        new Life.FromSnapshot(table));
  }

  /** A key over columns of these names in both. */
  static Link link(Life parent, Life child, Action onDelete, Action onUpdate, String... columns) {
    List<String> names = List.of(columns);
    return new Link(
        new ActingKey(
            child.folded().name(), names, parent.folded().name(), names, onDelete, onUpdate),
        parent,
        places(parent, names),
        child,
        places(child, names),
        Collections.nCopies(columns.length, new Bytes()),
        Optional.empty());
  }

  private static int[] places(Life life, List<String> names) {
    List<String> all = life.folded().columns().stream().map(ColumnLayout::name).toList();
    return names.stream().mapToInt(all::indexOf).toArray();
  }

  static RowImage image(String... values) {
    RowImage image = new RowImage(values.length);
    for (int i = 0; i < values.length; i++) {
      image.absent[i] = values[i].equals(ABSENT);
      byte[] bytes = bytes(image.absent[i] ? "" : values[i]);
      image.text.reserve(bytes.length + 1L);
      System.arraycopy(bytes, 0, image.text.bytes, image.text.length, bytes.length);
      image.text.length += bytes.length;
      image.ends[i] = image.text.length;
      image.text.bytes[image.text.length++] = (byte) (i == values.length - 1 ? '\n' : '\t');
    }
    return image;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
