package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.frame.RowBuffer;

/** Reads a value that is not NULL from a row event and writes it as frames hold it. */
interface ColumnDecoder {
  /** Leaves the cursor behind the value. */
  void write(Cursor in, RowBuffer to);
}
