package dev.foldback.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which schemas and tables are meant, from patterns {@code schema} or {@code schema.table} with
 * {@code *} for any run of characters. A dot inside a name is written {@code \.}, a star {@code
 * \*}. No include pattern means everything; exclude patterns win.
 */
public record Selection(List<String> include, List<String> exclude) {
  /** By pattern, of which a process sees few; each is asked once a table. */
  private static final Map<String, Matcher> MATCHERS = new ConcurrentHashMap<>();

  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    include.forEach(Matcher::of);
    exclude.forEach(Matcher::of);
  }

  /**
   * True where nothing but what was excluded is left out: only then do accounts and other
   * server-wide objects belong.
   */
  public boolean isServerWide() {
    return include.isEmpty();
  }

  /** True where nothing is left out. */
  public boolean isEverything() {
    return include.isEmpty() && exclude.isEmpty();
  }

  /** Whether the table belongs. */
  public boolean contains(TableName name) {
    return (include.isEmpty() || include.stream().anyMatch(p -> matcher(p).matches(name)))
        && exclude.stream().noneMatch(p -> matcher(p).matches(name));
  }

  /** Whether anything of the schema may belong, so that the schema itself must exist. */
  public boolean touches(String schema) {
    return (include.isEmpty() || include.stream().anyMatch(p -> matcher(p).matchesSchema(schema)))
        && exclude.stream().noneMatch(p -> matcher(p).coversSchema(schema));
  }

  /** The pattern of this schema alone, whatever characters its name holds. */
  public static String literal(String schema) {
    return schema.replace(".", "\\.").replace("*", "\\*");
  }

  /**
   * A pattern's schema and, where it has one, its table, each with its {@code *}, and {@code \*} as
   * it is.
   */
  public static List<String> parts(String pattern) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '.') {
        part.append('.');
        i++;
      } else if (c == '.') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** What follows a pattern's schema, with its dot, as written; empty where it names no table. */
  public static String tablePart(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && pattern.startsWith(".", i + 1)) {
        i++;
      } else if (pattern.charAt(i) == '.') {
        return pattern.substring(i);
      }
    }
    return "";
  }

  private static Matcher matcher(String pattern) {
    return MATCHERS.computeIfAbsent(pattern, Matcher::of);
  }

  private record Matcher(Pattern schema, @Nullable Pattern table) {
    /** A star, a star of a name, or what lies between. */
    private static final Pattern PIECE =
        Pattern.compile("\\\\?\\*|(?:(?!\\\\?\\*).)+", Pattern.DOTALL);

    static Matcher of(String pattern) {
      List<String> parts = parts(pattern);
      if (parts.isEmpty() || parts.size() > 2 || parts.stream().anyMatch(String::isEmpty)) {
        throw new FoldbackException(
            ErrorCode.BAD_PATTERN,
            "'" + pattern + "' is not a pattern",
            "Write schema or schema.table, with * for any characters and \\. for a dot in a name.");
      }
      return new Matcher(glob(parts.get(0)), parts.size() == 2 ? glob(parts.get(1)) : null);
    }

    boolean matches(TableName name) {
      return matchesSchema(name.schema())
          && (table == null || table.matcher(name.table()).matches());
    }

    boolean matchesSchema(String name) {
      return schema.matcher(name).matches();
    }

    boolean coversSchema(String name) {
      return (table == null || table.pattern().equals(".*")) && matchesSchema(name);
    }

    private static Pattern glob(String text) {
      StringBuilder regex = new StringBuilder();
      java.util.regex.Matcher pieces = PIECE.matcher(text);
      while (pieces.find()) {
        String piece = pieces.group();
        regex.append(
            switch (piece) {
              case "*" -> ".*";
              case "\\*" -> "\\*";
              default -> Pattern.quote(piece);
            });
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "include %s exclude %s", include, exclude);
  }
}
