package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Meter;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.Ticker;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What commands have in common. */
abstract class FoldbackCommand implements Callable<Integer> {
  /** What a command can end with that reaches a repository and no server. */
  static final Set<ExitStatus> STORED =
      EnumSet.of(
          ExitStatus.OK,
          ExitStatus.INTERNAL,
          ExitStatus.USAGE,
          ExitStatus.STORE,
          ExitStatus.DAMAGE,
          ExitStatus.INTERRUPTED);

  final Environment environment;
  final Ports ports;

  @Mixin CommonOptions common = new CommonOptions();

  private @Nullable Settings settings;
  private volatile String storeNote = "";
  private volatile boolean watched;

  FoldbackCommand(Environment environment, Ports ports) {
    this.environment = environment;
    this.ports = ports;
  }

  /** A command line for the help, with what it does. */
  abstract String example();

  /** Every status that the command can end with, for the help. */
  abstract Set<ExitStatus> statuses();

  abstract ExitStatus run(Printer printer);

  /** Whether {@code --json} prints one document, and not a line for each event. */
  boolean printsOneDocument() {
    return false;
  }

  @Override
  public final Integer call() {
    return run(common.printer(environment, printsOneDocument())).status();
  }

  Settings settings() {
    if (settings == null) {
      settings =
          Settings.load(
              Optional.ofNullable(common.config),
              environment.variables(),
              environment.folder(),
              environment.home());
    }
    return settings;
  }

  /**
   * Where the options say that the repository is, else the entry of the source in {@code
   * foldback.yaml}, where it is named there.
   */
  Settings.RepositoryPlace place(RepositoryOptions options, @Nullable String source) {
    return settings().repositoryOf(text(options.repo), text(options.keyFile), text(source));
  }

  /** With the recovery key, where one is named: to read rows. */
  Repository open(Settings.RepositoryPlace place, Printer printer) {
    return ports.open(place.location(), place.keyFile(), printer, note -> heard(note, printer));
  }

  /** Whatever key is named is not read: the host may not have it. */
  Repository openWithoutKey(Settings.RepositoryPlace place, Printer printer) {
    return ports.open(place.location(), Optional.empty(), printer, note -> heard(note, printer));
  }

  /** Shown with the progress; where there is none yet, the first of a wait is printed. */
  private synchronized void heard(String note, Printer printer) {
    if (!watched && storeNote.isEmpty() && !note.isEmpty()) {
      printer.warning(Finding.info("store-waits", "the repository's store", note));
    }
    storeNote = note;
  }

  Settings.Server server(String given, @Nullable String passwordFile, Printer printer) {
    Set<String> schemes = new TreeSet<>();
    ports.engines().forEach(engine -> schemes.addAll(engine.schemes()));
    Settings.Server server = settings().server(given, text(passwordFile), schemes);
    if (server.passwordInUrl()) {
      printer.warning(
          Finding.warning(
              "password-in-url",
              server.endpoint().toString(),
              "a password on a command line can be seen by others on this host",
              "Use FOLDBACK_PASSWORD, --password-file, ~/.my.cnf or foldback.yaml."));
    }
    return server;
  }

  DatabaseEngine engine(Endpoint endpoint) {
    return ports.engines().stream()
        .filter(engine -> engine.schemes().contains(endpoint.scheme()))
        .findFirst()
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.BAD_URL, "no engine for " + endpoint, "See 'foldback help backup'."));
  }

  /** Does long work with its progress shown. */
  <T> T watched(Printer printer, Function<Progress, T> work) {
    Meter meter = new Meter(printer.display(), environment.clock(), () -> storeNote);
    watched = true;
    Duration every = Duration.ofMillis(environment.terminal().live() ? 200 : 1000);
    try (Ticker ticker = new Ticker(meter, every)) {
      return work.apply(meter);
    }
  }

  /** The scratch server, where one is named; not reached yet. */
  Optional<Settings.Server> scratch(ScratchOptions options, Printer printer) {
    return text(options.scratch).map(url -> server(url, options.passwordFile, printer));
  }

  /** Does long work with the scratch server, where there is one. */
  <T> T withScratch(
      Optional<Settings.Server> scratch,
      Printer printer,
      BiFunction<Optional<TargetServer>, Progress, T> work) {
    if (scratch.isEmpty()) {
      return watched(printer, progress -> work.apply(Optional.empty(), progress));
    }
    Endpoint endpoint = scratch.get().endpoint();
    try (TargetServer connected = engine(endpoint).openTarget(ports.complete(endpoint))) {
      return watched(printer, progress -> work.apply(Optional.of(connected), progress));
    }
  }

  /** Whether somebody at a terminal answers yes; without one nobody is asked. */
  boolean saysYes(String question) {
    if (!environment.terminal().live() || common.json) {
      return false;
    }
    environment.err().print(question + " Type yes to go on: ");
    environment.err().flush();
    try {
      String answer = environment.answers().readLine();
      return answer != null && answer.strip().equals("yes");
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells the schemas of one run on a scratch server from those of others. */
  String scratchRun() {
    return Long.toHexString(environment.clock().instant().toEpochMilli());
  }

  /** The process's own work folder is empty by the end, if it was made. */
  void tidyWorkFolder() {
    try {
      Files.deleteIfExists(ports.workFolder());
    } catch (IOException _) {
      // A folder among the temporary ones does no harm; what was in it is sealed.
    }
  }

  static int threads(@Nullable Integer option, Settings.@Nullable Server server) {
    if (option != null && (option < 1 || option > 4096)) {
      throw new FoldbackException(
          ErrorCode.USAGE, "--threads must be from 1 to 4096", "Leave it out for a good default.");
    }
    int usual = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    return option != null
        ? option
        : server == null ? usual : server.tuning().threads().orElse(usual);
  }

  static Optional<String> text(@Nullable String option) {
    return Optional.ofNullable(option);
  }
}
