package dev.foldback.core;

import java.util.regex.Pattern;

/**
 * The name of a source in a repository. It becomes part of object keys, so few characters are
 * allowed.
 */
public record SourceName(String value) implements Comparable<SourceName> {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  public SourceName {
    if (!ALLOWED.matcher(value).matches() || value.contains("..")) {
      throw new FoldbackException(
          ErrorCode.BAD_NAME,
          "'" + value + "' can't be the name of a source",
          "Use 1 to 63 lower-case letters, digits, '.', '_' or '-', the first a letter or digit.");
    }
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
