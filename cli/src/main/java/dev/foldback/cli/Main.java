package dev.foldback.cli;

import dev.foldback.cli.output.Style;
import dev.foldback.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** Where the program starts, and the only place where it ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Environment environment = environment();
    Interruption interruption = Interruption.watch(environment.err());
    int status = new Program(environment, new RealPorts(environment)).run(args);
    environment.out().flush();
    environment.err().flush();
    interruption.ended();
    System.exit(status);
  }

  private static Environment environment() {
    Map<String, String> variables = System.getenv();
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    return new Environment(
        variables,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        out,
        err,
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        terminal(variables),
        Clock.system(ZoneId.systemDefault()));
  }

  /** The launcher says whether standard error is a terminal: finding out in Java costs time. */
  private static Terminal terminal(Map<String, String> variables) {
    if (!"1".equals(variables.get("FOLDBACK_TERMINAL")) || "dumb".equals(variables.get("TERM"))) {
      return Terminal.NONE;
    }
    boolean plain = !variables.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(true, plain ? Style.PLAIN : Style.COLOUR, new TerminalWidth());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
