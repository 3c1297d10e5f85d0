package dev.foldback.engine.mysql.undo;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.ddl.ColumnCharsets;
import dev.foldback.engine.mysql.log.json.JsonEdits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text. */
public final class ReadableValues implements RowValues {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** For each column, null where its values are written in hexadecimal. */
  private final @Nullable CharsetDecoder[] decoders;

  public ReadableValues(TableState table) {
    List<ColumnLayout> columns = table.definition().columns();
    Map<String, String> charsets = ColumnCharsets.of(table.object().definition());
    decoders = new CharsetDecoder[columns.size()];
    for (int i = 0; i < decoders.length; i++) {
      ColumnLayout column = columns.get(i);
      decoders[i] = decoder(Shape.of(column), charsets.getOrDefault(column.name(), ""));
    }
  }

  private static @Nullable CharsetDecoder decoder(Shape shape, String charset) {
    return switch (shape) {
      case NUMBER, YEAR, FLOAT, INDEX, TIME, TEXT, JSON -> StandardCharsets.UTF_8.newDecoder();
      case CHARACTERS -> Charsets.of(charset).map(c -> c.newDecoder()).orElse(null);
      case BIT, BINARY, OPAQUE -> null;
    };
  }

  @Override
  public @Nullable String text(RowImage row, int column) {
    if (row.isEdits(column)) {
      return JsonEdits.shown(row.text.bytes, row.start(column), row.ends[column]);
    }
    byte[] value = RawValue.of(row, column);
    if (value == null) {
      return null;
    }
    CharsetDecoder decoder = decoders[column];
    if (decoder != null) {
      try {
        return decoder.decode(ByteBuffer.wrap(value)).toString();
      } catch (CharacterCodingException e) {
        // What the column holds is no text in its own character set: its bytes are all there is.
        return "0x" + HEX.formatHex(value);
      }
    }
    return "0x" + HEX.formatHex(value);
  }
}
