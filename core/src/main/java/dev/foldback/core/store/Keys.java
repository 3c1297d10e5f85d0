package dev.foldback.core.store;

import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;

/**
 * What a key may look like. Every store checks here first, so that no key, whoever made it up,
 * reaches outside the store's own place.
 */
public final class Keys {
  private static final int LONGEST_KEY = 900;
  private static final int LONGEST_SEGMENT = 200;

  private Keys() {}

  /**
   * Checks a key: segments of letters, digits, {@code . _ -} with {@code /} between them. No
   * segment is empty or starts with a dot: names with a dot first are the stores' own.
   *
   * @return the key itself
   */
  public static String key(String key) {
    if (!isKey(key)) {
      throw bad(key);
    }
    return key;
  }

  /** Whether {@link #key} would take it; listings pass over files with other names. */
  public static boolean isKey(String key) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= key.length(); i++) {
      if (i == key.length() || key.charAt(i) == '/') {
        if (start == i || i - start > LONGEST_SEGMENT || key.charAt(start) == '.') {
          return false;
        }
        start = i + 1;
      } else if (!allowed(key.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Checks a prefix for a listing: empty, or a key with {@code /} after it. */
  public static String prefix(String prefix) {
    if (prefix.isEmpty()) {
      return prefix;
    }
    if (!prefix.endsWith("/")) {
      throw bad(prefix);
    }
    key(prefix.substring(0, prefix.length() - 1));
    return prefix;
  }

  /** Checks a range: neither end below zero. */
  public static void range(String key, long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          Effect.NONE,
          "No such range of " + key + ": " + length + " bytes from " + offset,
          "This is a defect in Foldback, or a damaged index; please report it.",
          null);
    }
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static StoreException bad(String key) {
    return new StoreException(
        Kind.UNSUPPORTED,
        Effect.NONE,
        "'" + shown(key) + "' is not a key that a store takes; nothing was read or written",
        "Keys are letters, digits, '.', '_' and '-' with '/' between. Where it came from a"
            + " manifest, that manifest is damaged or forged.",
        null);
  }

  private static String shown(String key) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(key.length(), 100); i++) {
      char c = key.charAt(i);
      text.append(allowed(c) || c == '/' ? c : '?');
    }
    return key.length() > 100 ? text + "…" : text.toString();
  }
}
