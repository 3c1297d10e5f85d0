package dev.foldback.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs with their output in a file. */
final class Programs {
  private static final int SHOWN = 3000;

  private Programs() {}

  static Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  static void run(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Process process = start(command, environment, log);
    process.getOutputStream().close();
    expectSuccess(process, command, log);
  }

  static void expectSuccess(Process process, List<String> command, Path log) throws IOException {
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit + ":\n" + tail(log));
    }
  }

  /** The end of a log, for messages. */
  static String tail(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "(no output)";
    }
    String all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return all.substring(Math.max(0, all.length() - SHOWN));
  }
}
