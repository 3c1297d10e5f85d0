package dev.foldback.cli;

import dev.foldback.cli.output.JsonPrinter;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.TextPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
  @Option(names = "--json", description = "Write JSON; see docs/json.md.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Write errors only.")
  boolean quiet;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration instead of ./foldback.yaml.")
  @Nullable String config;

  Printer printer(Environment environment) {
    return printer(environment, json, quiet);
  }

  static Printer printer(Environment environment, boolean json, boolean quiet) {
    return json
        ? new JsonPrinter(environment.out(), environment.clock())
        : new TextPrinter(
            environment.out(),
            environment.err(),
            environment.terminal(),
            quiet,
            environment.clock());
  }
}
