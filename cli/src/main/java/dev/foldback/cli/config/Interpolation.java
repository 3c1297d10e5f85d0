package dev.foldback.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in references to the environment ({@code env:NAME}) and to files ({@code file:PATH}), each
 * in a dollar sign and braces. A second dollar sign before them keeps them as they are. A file's
 * last line break does not count.
 */
final class Interpolation {
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{|\\{([^}]*)})");

  private final Map<String, String> variables;
  private final Paths paths;

  Interpolation(Map<String, String> variables, Paths paths) {
    this.variables = variables;
    this.paths = paths;
  }

  /** Where paths in a configuration file start. */
  record Paths(Path folder, Path home) {
    Path resolve(String text) {
      return text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
    }
  }

  /** A reference that can't be filled in; the message is part of a sentence. */
  static final class Unresolved extends Exception {
    Unresolved(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  String fill(String text) throws Unresolved {
    Matcher match = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (match.find()) {
      String inner = match.group(2);
      match.appendReplacement(
          filled, Matcher.quoteReplacement(inner == null ? "${" : resolve(inner)));
    }
    return match.appendTail(filled).toString();
  }

  private String resolve(String reference) throws Unresolved {
    if (reference.startsWith("env:")) {
      String value = variables.get(reference.substring(4));
      if (value == null) {
        throw new Unresolved("the variable " + reference.substring(4) + " is not set", null);
      }
      return value;
    }
    if (reference.startsWith("file:")) {
      return read(paths.resolve(reference.substring(5)));
    }
    throw new Unresolved(
        "'${" + reference + "}' is neither ${env:NAME} nor ${file:PATH} ($${ writes ${ itself)",
        null);
  }

  private static String read(Path file) throws Unresolved {
    try {
      return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
    } catch (IOException e) {
      throw new Unresolved("the file " + file + " can't be read", e);
    }
  }
}
