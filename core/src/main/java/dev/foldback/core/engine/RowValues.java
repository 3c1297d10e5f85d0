package dev.foldback.core.engine;

import dev.foldback.core.log.RowImage;
import org.jspecify.annotations.Nullable;

/** The values of one table's rows as people read them. Not for several threads. */
public interface RowValues {

  /**
   * The value as text: characters in the column's character set, everything else as the server
   * prints it. Bytes that are no characters are in hexadecimal behind {@code 0x}; edits of a value
   * are the functions that make them.
   *
   * @param column of the frames, from 0; the log must not have left it out
   * @return null for NULL
   */
  @Nullable String text(RowImage row, int column);
}
