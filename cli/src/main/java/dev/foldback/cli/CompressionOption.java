package dev.foldback.cli;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import picocli.CommandLine.Option;

/** How hard to compress. */
final class CompressionOption {
  @Option(
      names = "--compression",
      paramLabel = "LEVEL",
      defaultValue = "1",
      description = "zstd's level, 1 to 19; ${DEFAULT-VALUE} where not given.")
  int compression = 1;

  /**
   * @param command whose help is named where the level is none
   */
  int level(String command) {
    if (compression < 1 || compression > 19) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--compression must be from 1 to 19",
          "See 'foldback help " + command + "'.");
    }
    return compression;
  }
}
