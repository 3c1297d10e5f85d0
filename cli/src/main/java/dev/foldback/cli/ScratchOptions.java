package dev.foldback.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A server where statements of the log are run on empty copies. */
final class ScratchOptions {
  @Option(
      names = "--scratch",
      paramLabel = "URL",
      description =
          "A server where the log's DDL is run on empty copies, in schemas of their own that are"
              + " removed. Where the log holds DDL and there is no such server, changes and undo"
              + " leave out rows of tables that it redefined; consolidate and diff refuse.")
  @Nullable String scratch;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The password for --scratch.")
  @Nullable String passwordFile;
}
