package dev.foldback.core.fold;

/** Reads the records of a part of a {@link WorkFile} in order. */
final class RecordReader {
  private static final int CHUNK = 1 << 15;
  private final WorkFile file;
  private final long end;
  private long position;
  private int limit;

  /** The record is at {@code at} in here. */
  byte[] bytes;

  int at;
  private int next;

  /**
   * @param from the position of the first record
   * @param end the position after the last
   */
  RecordReader(WorkFile file, long from, long end) {
    this.file = file;
    this.position = from;
    this.end = end;
    this.bytes = new byte[(int) Math.min(CHUNK, end - from)];
  }

  /** Goes to the next record; false where there is none. */
  boolean next() {
    at = next;
    if (!has(Integer.BYTES)) {
      return false;
    }
    int size = Entry.size(bytes, at);
    if (!has(size)) {
      throw new IllegalStateException("a record of the work file is cut");
    }
    next = at + size;
    return true;
  }

  private boolean has(int size) {
    int held = limit - at;
    if (held >= size) {
      return true;
    }
    if (held + (end - position) < size) {
      return false;
    }
    byte[] to = size > bytes.length ? new byte[size] : bytes;
    System.arraycopy(bytes, at, to, 0, held);
    int more = (int) Math.min(to.length - held, end - position);
    file.read(position, to, held, more);
    position += more;
    limit = held + more;
    at = 0;
    bytes = to;
    return true;
  }
}
