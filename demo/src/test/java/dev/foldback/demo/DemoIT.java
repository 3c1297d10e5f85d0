package dev.foldback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration in a process of its own, as the launcher starts it. */
class DemoIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** A server is killed by its watchdog, which sees the end of the process a moment later. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder = Path.of("");

  private record Outcome(int status, String out) {}

  @Test
  void theShopComesBackEqualAndNothingIsLeft() throws Exception {
    Outcome outcome = run(Map.of());
    assertThat(outcome.status()).as(outcome.out()).isZero();
    assertThat(outcome.out())
        .contains("== Back it up", "0 B", "proven: every row was read back and is equal")
        .contains("== All of it came back. Nothing is left running.")
        .doesNotContain("DIFFERENT", "FAILED");
    assertThat(outcome.out().lines().filter(line -> line.endsWith("  equal")))
        .as(outcome.out())
        .hasSizeGreaterThan(5);
    nothingIsLeft();
  }

  @Test
  void aCommandThatFailsFailsTheDemo() throws Exception {
    Outcome outcome = run(Map.of("FOLDBACK_PASSWORD_FILE", folder.resolve("nowhere").toString()));
    assertThat(outcome.status()).as(outcome.out()).isEqualTo(1);
    assertThat(outcome.out()).contains("== The demo FAILED.").doesNotContain("All of it came back");
    nothingIsLeft();
  }

  @Test
  void anArgumentIsRefused() throws Exception {
    Outcome outcome = run(Map.of(), "shop");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).contains("usage: foldback demo");
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Outcome run(Map<String, String> variables, String... arguments) throws Exception {
    Files.createDirectories(temporary());
    for (Path passed : List.of(folder, temporary())) {
      // Root's servers run as another user.
      Files.setPosixFilePermissions(passed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.foldback.demo.Demo");
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().putAll(variables);
    // This way every Java process below it takes the same folder.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT)).as(Files.readString(out)).isTrue();
      return new Outcome(process.exitValue(), Files.readString(out));
    } finally {
      process.destroyForcibly();
    }
  }

  private void nothingIsLeft() throws Exception {
    try (Stream<Path> left = Files.list(temporary())) {
      assertThat(left).isEmpty();
    }
    long limit = System.nanoTime() + SOON.toNanos();
    while (!running().isEmpty()) {
      assertThat(System.nanoTime()).as("still running: %s", running()).isLessThan(limit);
      Thread.sleep(100);
    }
  }

  /** Every process below the demo inherits the variable that names the temporary folder. */
  private List<String> running() throws Exception {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> textOf(process.resolve("environ")).contains(temporary().toString()))
          .map(process -> process + " " + textOf(process.resolve("cmdline")).replace('\0', ' '))
          .toList();
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // No process, another user's, or one that has just ended.
      return "";
    }
  }
}
