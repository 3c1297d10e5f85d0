package dev.foldback.engine.mysql.source;

import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps rows as latin1 text, so that each byte is one character. */
class CollectingSink implements RowSink {
  private final RowBuffer buffer = new RowBuffer(64);
  final List<String> rows = new ArrayList<>();

  @Override
  public RowBuffer buffer() {
    return buffer;
  }

  @Override
  public void endRow() {
    rows.add(new String(buffer.bytes, 0, buffer.length - 1, StandardCharsets.ISO_8859_1));
    buffer.length = 0;
  }
}
