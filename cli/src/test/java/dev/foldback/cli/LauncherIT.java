package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher and the real program, as a person starts them. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("../foldback").toAbsolutePath().normalize();

  @TempDir Path folder = Path.of("");

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void app() throws IOException {
    Path app = Files.createDirectories(folder.resolve("app"));
    Files.writeString(app.resolve("classpath"), System.getProperty("java.class.path"));
  }

  @Test
  void theVersionComesWithNothingOnStandardError() throws Exception {
    Outcome outcome = run(Map.of(), "--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("foldback ");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void aRepositoryIsMadeListedAndVerified() throws Exception {
    Outcome made = run(Map.of(), "init", "--repo", "repo");
    assertThat(made.status()).as(made.err()).isZero();
    Path key = folder.resolve("foldback-repo.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run(Map.of(), "list", "--repo", "repo", "--json").out()).isEqualTo("[]\n");
    Outcome verified =
        run(Map.of("FOLDBACK_REPO", "repo", "FOLDBACK_KEY_FILE", "foldback-repo.key"), "verify");
    assertThat(verified.status()).as(verified.err()).isZero();
  }

  @Test
  void nativeLibrariesBesideTheProgramNeedNoTemporaryFolder() throws Exception {
    assertThat(run(Map.of(), "init", "--repo", "repo").status()).isZero();
    Map<String, String> nowhere =
        Map.of("FOLDBACK_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("nowhere"));
    String[] verify = {"verify", "--repo", "repo", "--key-file", "foldback-repo.key"};
    assertThat(run(nowhere, verify).err()).contains("FB-9003");
    layBesideTheProgram();
    Outcome verified = run(nowhere, verify);
    assertThat(verified.status()).as(verified.err()).isZero();
  }

  /** As the launcher's build does. */
  private void layBesideTheProgram() throws IOException {
    String path = System.getProperty("java.class.path");
    String zstd =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .filter(jar -> jar.contains("zstd-jni"))
            .findFirst()
            .orElseThrow();
    String place =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst("mac.*", "darwin")
            + "/"
            + System.getProperty("os.arch");
    Path beside = Files.createDirectories(folder.resolve("app/native"));
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(zstd));
        Stream<Path> libraries = Files.list(jar.getPath(place))) {
      for (Path library : libraries.toList()) {
        Files.copy(library, beside.resolve(library.getFileName().toString()));
      }
    }
  }

  @Test
  void exitStatusesReachTheShell() throws Exception {
    assertThat(run(Map.of(), "list", "--repo", "nowhere").status()).isEqualTo(4);
    assertThat(run(Map.of(), "lsit").status()).isEqualTo(2);
  }

  @Test
  void aJdkThatIsTooOldIsNamed() throws Exception {
    Outcome outcome = run(Map.of("FOLDBACK_JAVA_HOME", "/nowhere"), "--version");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("FOLDBACK_JAVA_HOME=/nowhere is no JDK 25");
  }

  /** A home that says it is a Java 25, whose programs only say their own name. */
  private Path javaHome(String... programs) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("java/bin"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String program : programs) {
      Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\necho this is " + program);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder.resolve("java");
  }

  @Test
  void aRuntimeStartsWhatIsBuiltAndIsSaidNotToBuild() throws Exception {
    Map<String, String> runtime = Map.of("FOLDBACK_JAVA_HOME", javaHome("java").toString());
    assertThat(run(runtime, "--version").out()).isEqualTo("this is java\n");
    Map<String, String> unbuilt = new HashMap<>(runtime);
    unbuilt.put("FOLDBACK_APP", "");
    Path copy = Files.copy(LAUNCHER, folder.resolve("foldback"));
    Outcome outcome = run(copy, unbuilt, "--version");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(folder.resolve("java") + " is a Java runtime without bin/javac and bin/jar")
        .contains("apt install openjdk-25-jdk");
    assertThat(folder.resolve(".foldback")).doesNotExist();
  }

  @Test
  void theJdkOnThePathIsTakenBehindItsLinks() throws Exception {
    Path home = javaHome("java", "javac", "jar");
    Path links = Files.createDirectories(folder.resolve("links"));
    for (String program : new String[] {"java", "javac"}) {
      Files.createSymbolicLink(links.resolve(program), home.resolve("bin/" + program));
    }
    Map<String, String> path =
        Map.of("JAVA25_HOME", "", "JAVA_HOME", "", "PATH", links + ":" + System.getenv("PATH"));
    Outcome outcome = run(path, "--version");
    assertThat(outcome.out()).as(outcome.err()).isEqualTo("this is java\n");
  }

  @Test
  void theHeapIsBoundedUnlessSaidOtherwise() throws Exception {
    Map<String, String> show = Map.of("FOLDBACK_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    assertThat(run(show, "--version").out()).containsPattern("MaxHeapSize +=? *536870912");
    Map<String, String> more =
        Map.of("FOLDBACK_JAVA_OPTS", "-XX:+PrintFlagsFinal", "FOLDBACK_HEAP", "256m");
    assertThat(run(more, "--version").out()).containsPattern("MaxHeapSize +=? *268435456");
  }

  private Outcome run(Map<String, String> variables, String... args) throws Exception {
    return run(LAUNCHER, variables, args);
  }

  private Outcome run(Path launcher, Map<String, String> variables, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.environment().put("FOLDBACK_APP", folder.resolve("app").toString());
    builder.environment().putAll(variables);
    int status = builder.start().waitFor();
    return new Outcome(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
