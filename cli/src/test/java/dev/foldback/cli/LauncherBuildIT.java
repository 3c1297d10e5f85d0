package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a project folder of its own, on a machine that has a home with nothing in it
 * and a {@code mvn} that packs the program as it is.
 */
class LauncherBuildIT {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cp",
          "date",
          "env",
          "find",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "tail",
          "touch",
          "uname");

  /** What the launcher's {@code mvn package} leaves behind. */
  private static final String MVN =
      """
      #!/usr/bin/env bash
      echo "$JAVA_HOME $*" >>"$MVN_LOG"
      [ -z "${MVN_FAILS:-}" ] || { echo "[ERROR] no such artefact"; exit 1; }
      mkdir -p cli/target
      cp "$PROGRAM_JAR" cli/target/foldback-cli-0.1.0-SNAPSHOT.jar
      """;

  @TempDir Path folder = Path.of("");

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void machine() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.copy(Path.of("../foldback"), project.resolve("foldback"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    for (String part : List.of("core", "storage", "repository", "engines/mysql", "cli")) {
      Files.createDirectories(project.resolve(part).resolve("src/main"));
      Files.writeString(project.resolve(part).resolve("pom.xml"), "<project/>");
    }
    Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      script("bin/" + tool, "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
    }
    program();
    Files.createDirectories(folder.resolve("maven"));
    script("maven/mvn", MVN);
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  /** A jar that stands for all classes of this test's class path. */
  private void program() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(":", -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(folder.resolve("program.jar")), manifest).close();
  }

  @Test
  void noJdkIsSaidWithWaysToGetOne() throws Exception {
    Outcome outcome =
        run(Map.of("FOLDBACK_JAVA_BELOW", folder.resolve("home").toString()), "--version");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "needs a JDK 25 or newer, and none was found", "apt install", "FOLDBACK_JAVA_HOME");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void noMavenIsSaidWithWaysToGetItAndTheLockIsGivenBack() throws Exception {
    Outcome outcome = run(Map.of("PATH", folder.resolve("bin").toString()), "--version");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("built by Maven", "apt install maven");
    assertThat(project(".foldback/lock")).doesNotExist();
    assertThat(run(Map.of(), "--version").status()).isZero();
  }

  @Test
  void theFirstStartBuildsTheNextDoesNotAndAChangeBuildsAgain() throws Exception {
    Outcome first = run(Map.of(), "--version");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("foldback ");
    assertThat(first.err()).contains("building, once");
    assertThat(builds()).hasSize(1);
    assertThat(builds().getFirst())
        .startsWith(System.getProperty("java.home") + " ")
        .contains("-pl cli -am", "-DskipTests", " package");

    Outcome second = run(Map.of(), "--version");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);

    Files.writeString(project("engines/mysql/src/main/New.java"), "class New {}");
    assertThat(run(Map.of(), "--version").out()).startsWith("foldback ");
    assertThat(builds()).hasSize(2);
    Files.writeString(project("core/pom.xml"), "<project></project>");
    assertThat(run(Map.of(), "--version").status()).isZero();
    assertThat(builds()).hasSize(3);
  }

  @Test
  void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
    Outcome failed = run(Map.of("MVN_FAILS", "yes"), "--version");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("[ERROR] no such artefact", "The build failed");
    assertThat(project(".foldback/lock")).doesNotExist();
    assertThat(run(Map.of(), "--version").status()).isZero();
    assertThat(builds()).hasSize(2);
  }

  @Test
  void theLockOfADeadProcessIsTakenAway() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(project(".foldback/lock"));
    Files.writeString(project(".foldback/lock/pid"), dead.pid() + "\n");
    Outcome outcome = run(Map.of(), "--version");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(project(".foldback/lock")).doesNotExist();
  }

  @Test
  void theLockOfALivingProcessIsWaitedFor() throws Exception {
    Files.createDirectories(project(".foldback/lock"));
    Files.writeString(project(".foldback/lock/pid"), ProcessHandle.current().pid() + "\n");
    Process process = start(List.of(project("foldback").toString()), Map.of(), "--version");
    Path err = folder.resolve("err");
    while (!Files.readString(err).contains("another process is building; waiting for it")) {
      assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
      Thread.sleep(20);
    }
    assertThat(folder.resolve("mvn.log")).doesNotExist();
    Files.delete(project(".foldback/lock/pid"));
    Files.delete(project(".foldback/lock"));
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void linksToItAreFollowed() throws Exception {
    Path direct = Files.createSymbolicLink(folder.resolve("bin/foldback"), project("foldback"));
    Path relative = Files.createDirectories(folder.resolve("home/links")).resolve("fb");
    Files.createSymbolicLink(relative, Path.of("../../bin/foldback"));
    for (Path link : List.of(direct, relative)) {
      Outcome outcome = run(List.of(link.toString()), Map.of(), "--version");
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(outcome.out()).startsWith("foldback ");
    }
    Outcome byPath = run(List.of("bash", "-c", "foldback --version"), Map.of());
    assertThat(byPath.out()).as(byPath.err()).startsWith("foldback ");
    assertThat(builds()).hasSize(1);
  }

  private Path project(String name) {
    return folder.resolve("project").resolve(name);
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(folder.resolve("mvn.log"));
  }

  private Outcome run(Map<String, String> variables, String... args) throws Exception {
    return run(List.of(project("foldback").toString()), variables, args);
  }

  private Outcome run(List<String> command, Map<String, String> variables, String... args)
      throws Exception {
    Process process = start(command, variables, args);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private Process start(List<String> command, Map<String, String> variables, String... args)
      throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.resolve("home").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("PATH", folder.resolve("maven") + ":" + folder.resolve("bin"));
    environment.put("JAVA25_HOME", System.getProperty("java.home"));
    environment.put("MVN_LOG", folder.resolve("mvn.log").toString());
    environment.put("PROGRAM_JAR", folder.resolve("program.jar").toString());
    environment.putAll(variables);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
