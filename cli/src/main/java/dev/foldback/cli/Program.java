package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands. Here alone errors become text and exit statuses. */
final class Program {
  private final Environment environment;
  private final Ports ports;

  Program(Environment environment, Ports ports) {
    this.environment = environment;
    this.ports = ports;
  }

  @Command(
      name = "foldback",
      description = "Backs up MySQL and MariaDB servers, and proves that they come back.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Root {}

  private static final Set<ExitStatus> PRINTING =
      EnumSet.of(ExitStatus.OK, ExitStatus.INTERNAL, ExitStatus.USAGE);

  @Command(name = "version", description = "Prints the version.")
  static final class VersionCommand implements Runnable {
    private final Environment environment;

    VersionCommand(Environment environment) {
      this.environment = environment;
    }

    @Override
    public void run() {
      environment.out().println(new Version().getVersion()[0]);
      environment.out().flush();
    }
  }

  /** The status to exit with; the error, if any, was printed. */
  int run(String... args) {
    if (args.length == 0) {
      commandLine("").usage(environment.err());
      return ExitStatus.USAGE.status();
    }
    try {
      return commandLine(args[0]).execute(args);
    } catch (Throwable e) {
      // Errors such as a full heap: picocli hands on exceptions only.
      return failed(e, args);
    }
  }

  private Map<String, Supplier<FoldbackCommand>> commands() {
    Map<String, Supplier<FoldbackCommand>> commands = new LinkedHashMap<>();
    commands.put("init", () -> new InitCommand(environment, ports));
    commands.put("backup", () -> new BackupCommand(environment, ports));
    commands.put("capture", () -> new CaptureCommand(environment, ports));
    commands.put("list", () -> new ListCommand(environment, ports));
    commands.put("show", () -> new ShowCommand(environment, ports));
    commands.put("restore", () -> new RestoreCommand(environment, ports));
    commands.put("verify", () -> new VerifyCommand(environment, ports));
    commands.put("release", () -> new ReleaseCommand(environment, ports));
    commands.put("consolidate", () -> new ConsolidateCommand(environment, ports));
    commands.put("prune", () -> new PruneCommand(environment, ports));
    commands.put("changes", () -> new ChangesCommand(environment, ports));
    commands.put("diff", () -> new DiffCommand(environment, ports));
    commands.put("undo", () -> new UndoCommand(environment, ports));
    commands.put("completion", () -> new CompletionCommand(environment, ports));
    return commands;
  }

  /**
   * The command line as the first argument needs it. Each command takes its time to describe by
   * reflection, so where one is named the others are left out.
   */
  private CommandLine commandLine(String first) {
    Map<String, Supplier<FoldbackCommand>> commands = commands();
    boolean all = !commands.containsKey(first) || first.equals("completion");
    if (!first.equals("--version")) {
      commands.keySet().removeIf(name -> !all && !name.equals(first));
    } else {
      commands.clear();
    }
    CommandLine line = new CommandLine(new Root());
    commands.forEach((name, command) -> line.addSubcommand(name, described(command.get())));
    if (all) {
      line.addSubcommand(printing(new VersionCommand(environment), "foldback version"));
      line.addSubcommand(printing(new HelpCommand(), "foldback help restore"));
    }
    describe(line, "foldback help backup", EnumSet.allOf(ExitStatus.class));
    prepare(line);
    line.getSubcommands().values().forEach(this::prepare);
    return line;
  }

  private static CommandLine described(FoldbackCommand command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getCommandSpec().versionProvider(new Version());
    describe(line, command.example(), command.statuses());
    return line;
  }

  private static CommandLine printing(Object command, String example) {
    CommandLine line = new CommandLine(command);
    describe(line, example, PRINTING);
    return line;
  }

  private static void describe(CommandLine line, String example, Set<ExitStatus> statuses) {
    Map<String, String> meanings = new LinkedHashMap<>();
    statuses.forEach(s -> meanings.put(String.valueOf(s.status()), s.meaning()));
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.exitCodeListHeading("%nExit status:%n").exitCodeList(meanings);
    usage.footer("%nExample:%n  " + example);
  }

  private void prepare(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.width(Math.clamp(environment.terminal().width().getAsInt(), 60, 100));
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setParameterExceptionHandler((e, args) -> failed(usage(e), args))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(e, parsed.originalArgs().toArray(String[]::new)));
  }

  private static FoldbackException usage(ParameterException e) {
    String name = e.getCommandLine().getCommandName();
    String help = name.equals("foldback") ? "foldback help" : "foldback help " + name;
    String message = withoutUrls(e.getMessage() == null ? "an argument is wrong" : e.getMessage());
    if (e instanceof UnmatchedArgumentException unknown && !unknown.getSuggestions().isEmpty()) {
      message += "; did you mean '" + unknown.getSuggestions().getFirst() + "'?";
    }
    return new FoldbackException(ErrorCode.USAGE, message, "See '" + help + "'.", e);
  }

  /** A URL may hold a password: the text ends before the first one. */
  private static String withoutUrls(String message) {
    int url = message.indexOf("://");
    return url < 0
        ? message
        : message.substring(0, Math.max(0, message.lastIndexOf('\'', url))) + "…";
  }

  private int failed(Throwable e, String[] args) {
    FoldbackException failure = Thread.interrupted() ? stopped(e) : known(e);
    boolean json = Arrays.asList(args).contains("--json");
    Printer printer = CommonOptions.forFailures(environment, json);
    printer.failed(failure);
    return failure.code().exit().status();
  }

  /** What fails after a signal fails by it, except for a commit that may be there. */
  private static FoldbackException stopped(Throwable e) {
    FoldbackException failure = known(e);
    return Set.of(ErrorCode.INTERRUPTED, ErrorCode.COMMIT_UNKNOWN).contains(failure.code())
        ? failure
        : new FoldbackException(
            ErrorCode.INTERRUPTED,
            "stopped before the end; what arrived is kept",
            "Run the same command again: it goes on from there.",
            e);
  }

  private static FoldbackException known(Throwable e) {
    return switch (e) {
      case FoldbackException known -> known;
      case OutOfMemoryError memory ->
          new FoldbackException(
              ErrorCode.OUT_OF_MEMORY,
              "the heap is too small for this work; nothing was damaged",
              "Run again with a larger heap, such as FOLDBACK_HEAP=2g, or fewer --threads.",
              memory);
      default -> internal(e);
    };
  }

  private static FoldbackException internal(@Nullable Throwable e) {
    return new FoldbackException(
        ErrorCode.INTERNAL,
        "unexpected: " + e,
        "This is a defect in Foldback. Please report it with the lines below.",
        e);
  }
}
