package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a folder whose disk is full, read-only, not ours, or gone. */
class LocalTroubleIT {
  /** Gives up root's right to pass over permissions; a plain user has none to give up. */
  private static final List<String> BOUND_BY_PERMISSIONS =
      "root".equals(System.getProperty("user.name"))
          ? List.of(
              "setpriv",
              "--bounding-set=-dac_override,-dac_read_search,-fowner",
              "--inh-caps=-dac_override,-dac_read_search,-fowner")
          : List.of();

  @TempDir static Path folder;
  private static TestServer server;
  private static Foldback foldback;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.fresh(ServerKind.MARIADB_11_4);
    Shop.fill(server, 3_000);
    foldback =
        new Foldback(
            folder, Map.of("MYSQL_PWD", server.password(), "FOLDBACK_KEY_FILE", folder + "/key"));
    init("repository");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path init(String name) throws Exception {
    Files.deleteIfExists(folder.resolve("key"));
    Path repository = folder.resolve(name);
    Foldback.Outcome made =
        foldback.run("init", "--repo", repository.toString(), "--key-file", folder + "/key");
    assertThat(made.status()).as("%s", made).isZero();
    return repository;
  }

  private static String[] backup(Path repository) {
    return new String[] {"backup", server.url(), "--repo", repository.toString(), "--name", "shop"};
  }

  private static void assertRefused(Foldback.Outcome outcome, String code, String... words) {
    assertThat(outcome.status()).as("%s", outcome).isEqualTo(4);
    assertThat(outcome.err())
        .contains("error " + code + ": ")
        .contains("hint: ")
        .contains(words)
        .doesNotContain("\tat ");
  }

  private static void assertStillGood(Path repository) throws Exception {
    Foldback.Outcome verified = foldback.run("verify", "--repo", repository.toString());
    assertThat(verified.status()).as("%s", verified).isZero();
    Foldback.Outcome again = foldback.run(backup(repository));
    assertThat(again.status()).as("%s", again).isZero();
  }

  @Test
  void aFullDiskStopsTheBackupAndTheNextOneWithRoomTakesUpWhatArrived() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> alone = root ? List.of("unshare", "-m") : List.of("unshare", "-r", "-m");
    require(
        runs(alone, "bash", "-c", "mount -t tmpfs -o size=150k none " + disk),
        "no private mount is allowed here, so no small disk can be made");
    init("whole");
    // What arrived is copied out before the disk goes, with more room for the second run.
    String script =
        "mount -t tmpfs -o size=150k none disk && cp -a whole/. disk/ && \"$@\"; status=$?;"
            + " mkdir -p after && cp -a disk/. after/ && exit $status";
    List<String> behind =
        Stream.concat(alone.stream(), Stream.of("bash", "-c", script, "bash")).toList();
    assertRefused(foldback.runBehind(behind, backup(disk)), "FB-3004", "df ", "room");
    assertStillGood(folder.resolve("after"));
  }

  @Test
  void aFolderThatMayNotBeWrittenIsNamed() throws Exception {
    require(runs(BOUND_BY_PERMISSIONS, "true"), "setpriv is not here");
    Path repository = init("forbidden");
    for (Path each : folders(repository)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    try {
      assertRefused(
          foldback.runBehind(BOUND_BY_PERMISSIONS, backup(repository)), "FB-3002", "right to");
      Foldback.Outcome list =
          foldback.runBehind(BOUND_BY_PERMISSIONS, "list", "--repo", repository.toString());
      assertThat(list.status()).as("reading needs no right to write: %s", list).isZero();
    } finally {
      for (Path each : folders(repository)) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    assertStillGood(repository);
  }

  private static List<Path> folders(Path repository) throws IOException {
    try (Stream<Path> all = Files.walk(repository)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void aReadOnlyFileSystemIsNamed() throws Exception {
    Path repository = init("frozen");
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> alone = root ? List.of("unshare", "-m") : List.of("unshare", "-r", "-m");
    String freeze = "mount --bind frozen frozen && mount -o remount,bind,ro frozen && \"$@\"";
    List<String> behind =
        Stream.concat(alone.stream(), Stream.of("bash", "-c", freeze, "bash")).toList();
    require(runs(behind, "true"), "no private mount is allowed here, so nothing can be read-only");
    assertRefused(foldback.runBehind(behind, backup(repository)), "FB-3002", "Read-only");
    assertStillGood(repository);
  }

  @Test
  void aFolderThatIsGoneIsNoRepositoryAndIsNotMadeAnew() throws Exception {
    Path gone = folder.resolve("gone");
    Foldback.Outcome outcome = foldback.run(backup(gone));
    assertRefused(outcome, "FB-3006", gone.toString());
    assertThat(gone).doesNotExist();
  }

  @Test
  void aLinkInsideARepositoryIsRefusedAndOneToItIsFollowed() throws Exception {
    Path repository = init("linked");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(repository.resolve("objects"), elsewhere);
    assertRefused(foldback.run(backup(repository)), "FB-3002", "symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(repository.resolve("objects"));
    Path way = Files.createSymbolicLink(folder.resolve("way"), repository);
    assertStillGood(way);
  }

  @Test
  void whereOpenDalsLibraryIsMissingOnlyFoldersWork() throws Exception {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(jar -> !jar.contains("opendal") || !jar.contains("linux"))
            .collect(Collectors.joining(File.pathSeparator));
    Foldback without = new Foldback(folder, foldback.variables(), path);
    assertRefused(
        without.run("list", "--repo", "s3://bucket/x?region=eu-west-1"),
        "FB-3005",
        "native library",
        "only local folders work");
    Foldback.Outcome list = without.run("list", "--repo", folder.resolve("repository").toString());
    assertThat(list.status()).as("%s", list).isZero();
  }

  @Test
  void aTemporaryFolderThatCantHoldTheNativeLibraryIsNamed() throws Exception {
    Map<String, String> variables = new HashMap<>(foldback.variables());
    variables.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("no-such-folder"));
    Foldback without = new Foldback(folder, variables);
    Path repository = folder.resolve("repository");
    for (String[] command :
        List.of(backup(repository), new String[] {"verify", "--repo", repository.toString()})) {
      Foldback.Outcome outcome = without.run(command);
      assertThat(outcome.status()).as("%s", outcome).isEqualTo(1);
      assertThat(outcome.err())
          .contains("error FB-9003: ", "native library of zstd", "no-such-folder", "java.io.tmpdir")
          .doesNotContain("\tat ");
    }
    assertThat(without.run("list", "--repo", repository.toString()).status()).isZero();
  }

  /** Skips the test where the machine can't do what it needs; in CI that is a failure. */
  private static void require(boolean possible, String why) {
    if (!possible && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(why);
    }
    Assumptions.assumeTrue(possible, why);
  }

  private static boolean runs(List<String> behind, String... command) throws Exception {
    try {
      return new ProcessBuilder(Stream.concat(behind.stream(), Stream.of(command)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
