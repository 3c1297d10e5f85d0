package dev.foldback.engine.mysql.rows;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Rows in LOAD DATA text up to the first with a document that its text does not make again. Memory
 * holds one row. Not for several threads.
 */
final class JsonRows extends InputStream {
  private final InputStream rows;
  private final boolean[] json;
  private final JsonReading reading;
  private byte[] text = new byte[1 << 18];

  /** What is handed out next. */
  private int position;

  /** The end of the rows that were looked at. */
  private int seen;

  private int limit;
  private boolean ended;
  private boolean typed;

  JsonRows(InputStream rows, TableDefinition table, JsonReading reading) {
    this.rows = rows;
    this.reading = reading;
    this.json = new boolean[table.columns().size()];
    for (int i = 0; i < json.length; i++) {
      json[i] = table.columns().get(i).encoding() == ColumnLayout.Encoding.JSON;
    }
  }

  /** Whether such a document came. */
  boolean hasRest() {
    return typed;
  }

  /** The rows from the one with such a document on. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(text, seen, limit - seen), rows);
  }

  @Override
  public int read() throws IOException {
    return look() ? text[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!look()) {
      return -1;
    }
    int read = Math.min(length, seen - position);
    System.arraycopy(text, position, to, offset, read);
    position += read;
    return read;
  }

  /** Looks at rows until there are some to hand out. False after the last. */
  private boolean look() throws IOException {
    while (position == seen && !typed) {
      for (int end = row(seen); end >= 0 && !typed; end = row(seen)) {
        seen = end;
      }
      if (position < seen || typed) {
        break;
      }
      if (ended) {
        // A last row with no end is for the server to judge.
        seen = limit;
        break;
      }
      more();
    }
    return position < seen;
  }

  private void more() throws IOException {
    System.arraycopy(text, position, text, 0, limit - position);
    limit -= position;
    seen -= position;
    position = 0;
    if (limit == text.length) {
      text = Arrays.copyOf(text, (int) Math.min(limit * 2L, Integer.MAX_VALUE - 8L));
    }
    int wanted = text.length - limit;
    if (wanted == 0) {
      throw new IOException("a row takes more than 2 GiB");
    }
    int read = rows.readNBytes(text, limit, wanted);
    limit += read;
    ended = read < wanted;
  }

  /** The end of the row, or -1 where the text read so far does not hold it. */
  private int row(int from) {
    int column = 0;
    int i = from;
    while (i < limit) {
      i = column < json.length && json[column] ? document(i) : Escapes.find(text, i, limit);
      if (i >= limit || typed) {
        return -1;
      }
      switch (text[i]) {
        case '\n' -> {
          return i + 1;
        }
        case '\t' -> {
          column++;
          i++;
        }
        case '\\' -> i += 2;
        default -> i++;
      }
    }
    return -1;
  }

  /**
   * Looks at the numbers of a document. Only backslashes of it are escaped, which strings alone
   * have; NULL is a backslash outside of one.
   *
   * @return the end of the document, of what was read so far, or of a number that decides
   */
  private int document(int from) {
    int i = from;
    while (i < limit) {
      byte b = text[i];
      if (b == '\t' || b == '\n') {
        return i;
      }
      if (b == '"') {
        i = string(i + 1);
      } else if (b == '\\') {
        i += 2;
      } else if (b == '-' || (b >= '0' && b <= '9')) {
        int end = JsonText.numberEnd(text, i, limit);
        if (end < limit && JsonNumber.literal(text, i, end, reading) != null) {
          typed = true;
          return end;
        }
        i = end;
      } else {
        i++;
      }
    }
    return i;
  }

  /** The index after the string's closing quote. */
  private int string(int from) {
    int i = from;
    while (i < limit && text[i] != '"') {
      if (text[i] != '\\') {
        i++;
      } else {
        // An escaped backslash, and what it stands before in the document.
        i += 2;
        i += i < limit && text[i] == '\\' ? 2 : 1;
      }
    }
    return i + 1;
  }
}
