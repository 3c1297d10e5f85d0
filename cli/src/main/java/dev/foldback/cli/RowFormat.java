package dev.foldback.cli;

import org.jspecify.annotations.Nullable;

/** How rows that changed or differ are written. */
enum RowFormat {
  TEXT,
  JSON,
  CSV;

  /** Refuses {@code --json} beside another format, and sets it where the format says so. */
  static void settle(CommonOptions common, @Nullable RowFormat format) {
    if (common.json && format != null && format != JSON) {
      throw HistoryArguments.usage("--json and --format exclude each other");
    }
    common.json |= format == JSON;
  }
}
