package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of the shipped program in a process of its own, with {@code --json} where no format is
 * named, a home and a temporary folder of its own; in a small heap, which makes small objects.
 */
final class ProgramRun implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Path folder;
  private final Process process;

  private ProgramRun(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * How it ended.
   *
   * @param out standard output, JSON a line each
   * @param temporary names of what it left in its temporary folder
   */
  record End(int status, String out, String err, List<String> temporary) {
    boolean says(String text) {
      return out.contains(text) || err.contains(text);
    }
  }

  /** Begins {@code foldback arguments}; the server's password goes by the environment. */
  static ProgramRun start(Rig rig, TestServer server, String... arguments) throws IOException {
    return start(rig, Map.of("MYSQL_PWD", server.password()), arguments);
  }

  /** Begins {@code foldback arguments} with these variables besides. */
  static ProgramRun start(Rig rig, Map<String, String> variables, String... arguments)
      throws IOException {
    Path folder = Files.createTempDirectory(rig.folder(), "run");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> command =
        new ArrayList<>(
            List.of(
                // Who runs the tests in the background may have interrupts ignored.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.foldback.cli.Main"));
    command.addAll(List.of(arguments));
    if (!arguments[0].equals("release")) {
      command.addAll(
          List.of("--repo", rig.repository().toString(), "--key-file", rig.key().toString()));
    }
    if (!command.contains("--format")) {
      command.add("--json");
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(variables);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return new ProgramRun(folder, builder.start());
  }

  boolean isRunning() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Waits, then kills it with SIGKILL if it still runs; whether it did. */
  boolean killAfter(Duration moment) throws InterruptedException {
    if (process.waitFor(moment)) {
      return false;
    }
    process.destroyForcibly().waitFor();
    return true;
  }

  End await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + out());
    }
    try (var left = Files.list(folder.resolve("tmp"))) {
      return new End(
          process.exitValue(),
          out(),
          Files.readString(folder.resolve("err")),
          left.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
