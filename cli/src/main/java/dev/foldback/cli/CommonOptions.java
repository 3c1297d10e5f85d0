package dev.foldback.cli;

import dev.foldback.cli.output.JsonPrinter;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.TextPrinter;
import dev.foldback.core.Finding;
import java.util.function.Consumer;
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

  /**
   * @param oneDocument whether JSON is one document, so that warnings must stand elsewhere
   */
  Printer printer(Environment environment, boolean oneDocument) {
    Printer text = text(environment, quiet);
    return json ? json(environment, oneDocument ? text::warning : null) : text;
  }

  /** Text for people on standard error: standard output has something else. */
  Printer beside(Environment environment) {
    return new TextPrinter(
        environment.err(), environment.err(), environment.terminal(), quiet, environment.clock());
  }

  /** For a failure before, or whatever, the options were. */
  static Printer forFailures(Environment environment, boolean json) {
    return json ? json(environment, null) : text(environment, false);
  }

  private static Printer json(Environment environment, @Nullable Consumer<Finding> warnings) {
    JsonPrinter printer = new JsonPrinter(environment.out(), environment.clock());
    return warnings == null ? printer : printer.withWarningsTo(warnings);
  }

  private static Printer text(Environment environment, boolean quiet) {
    return new TextPrinter(
        environment.out(), environment.err(), environment.terminal(), quiet, environment.clock());
  }
}
