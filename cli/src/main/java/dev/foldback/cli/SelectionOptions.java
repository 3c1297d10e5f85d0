package dev.foldback.cli;

import dev.foldback.core.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which schemas and tables. */
final class SelectionOptions {
  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "Only schema or schema.table, with * for any characters. May be repeated.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave schema or schema.table out; wins over --include. May be repeated.")
  List<String> exclude = new ArrayList<>();

  Selection selection() {
    return new Selection(include, exclude);
  }
}
