package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;

/** Finds where values of JSON text end. Text that ends first is none that a server printed. */
final class JsonScan {
  private JsonScan() {}

  /** The end of the value that begins at {@code from}. */
  static int valueEnd(byte[] text, int from, int limit) {
    int depth = 0;
    int i = from;
    do {
      if (i >= limit) {
        throw broken();
      }
      switch (text[i]) {
        case '"' -> i = stringEnd(text, i, limit);
        case '{', '[' -> {
          depth++;
          i++;
        }
        case '}', ']' -> {
          depth--;
          i++;
        }
        case ',', ':', ' ' -> i++;
        default -> i = wordEnd(text, i, limit);
      }
    } while (depth > 0);
    return i;
  }

  /** The end of the string that begins at {@code from}, after its quote. */
  static int stringEnd(byte[] text, int from, int limit) {
    for (int i = from + 1; i < limit; i++) {
      if (text[i] == '\\') {
        i++;
      } else if (text[i] == '"') {
        return i + 1;
      }
    }
    throw broken();
  }

  private static int wordEnd(byte[] text, int from, int limit) {
    int i = from;
    while (i < limit && text[i] != ',' && text[i] != '}' && text[i] != ']') {
      i++;
    }
    return i;
  }

  static UnfitEditsException broken() {
    return new UnfitEditsException("the document is no JSON text as MySQL prints it");
  }
}
