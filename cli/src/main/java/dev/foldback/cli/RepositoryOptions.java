package dev.foldback.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which repository. */
final class RepositoryOptions {
  @Option(
      names = "--repo",
      paramLabel = "PLACE",
      description = "Path, URL or configured name of the repository; else FOLDBACK_REPO.")
  @Nullable String repo;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "File with the recovery key; else FOLDBACK_KEY_FILE. Only init, restore, verify,"
              + " consolidate, changes and undo use it.")
  @Nullable String keyFile;
}
