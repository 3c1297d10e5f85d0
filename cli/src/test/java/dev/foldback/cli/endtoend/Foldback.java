package dev.foldback.cli.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a process of its own, as its users meet it. */
record Foldback(Path folder, Map<String, String> variables, String classPath, String heap) {
  Foldback(Path folder, Map<String, String> variables) {
    this(folder, variables, System.getProperty("java.class.path"));
  }

  Foldback(Path folder, Map<String, String> variables, String classPath) {
    this(folder, variables, classPath, "256m");
  }

  /** The same with another heap, such as {@code 2g}. */
  Foldback in(String otherHeap) {
    return new Foldback(folder, variables, classPath, otherHeap);
  }

  /** What a run gave. */
  record Outcome(int status, String out, String err, Duration time) {
    @Override
    public String toString() {
      return "status " + status + " after " + time + "\n" + out + err;
    }
  }

  Outcome run(String... args) throws IOException, InterruptedException {
    return runBehind(List.of(), args);
  }

  /** Runs it behind the words of another command, such as {@code setpriv}. */
  Outcome runBehind(List<String> behind, String... args) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    long start = System.nanoTime();
    int status = start(behind, out, err, args).waitFor();
    return new Outcome(
        status,
        Files.readString(out),
        Files.readString(err),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Process start(List<String> behind, Path out, Path err, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(behind);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            "dev.foldback.cli.Main"));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(variables);
    return builder.start();
  }
}
