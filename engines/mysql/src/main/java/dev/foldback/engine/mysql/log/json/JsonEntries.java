package dev.foldback.engine.mysql.log.json;

/** Goes over what an object or an array holds, one entry after another. */
final class JsonEntries {
  private final byte[] text;
  private final int limit;
  private final boolean object;

  /** Where the entry begins: its key, if it has one. */
  int from;

  int keyEnd;

  /** Where the entry's value begins. */
  int value;

  /** The end of the entry; before the first, where it would begin. */
  int end;

  private boolean begun;

  JsonEntries(byte[] text, int container, int limit) {
    this.text = text;
    this.limit = limit;
    this.object = text[container] == '{';
    this.end = container + 1;
  }

  boolean next() {
    if (end >= limit) {
      throw JsonScan.broken();
    }
    if (text[end] == (object ? '}' : ']')) {
      return false;
    }
    from = begun ? after(end, ',') : end;
    if (object) {
      keyEnd = JsonScan.stringEnd(text, from, limit);
      value = after(keyEnd, ':');
    } else {
      value = from;
    }
    end = JsonScan.valueEnd(text, value, limit);
    begun = true;
    return true;
  }

  /** The place behind a sign and a blank. */
  private int after(int at, char sign) {
    if (at + 2 > limit || text[at] != sign || text[at + 1] != ' ') {
      throw JsonScan.broken();
    }
    return at + 2;
  }
}
