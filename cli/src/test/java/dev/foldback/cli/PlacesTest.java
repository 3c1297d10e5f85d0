package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which repository, key, snapshot and schema a command takes. */
class PlacesTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @Test
  void onlyCommandsThatReadRowsReadTheKey() {
    shell.variables.put("FOLDBACK_KEY_FILE", "absent.key");
    shell.variables.put("FOLDBACK_REPO", "r");
    assertThat(shell.run("backup", "mysql://h")).isZero();
    assertThat(shell.run("list")).isZero();
    assertThat(shell.run("show", "latest")).isZero();
    assertThat(shell.run("verify", "--quick")).isZero();
    assertThat(shell.keys).hasSize(4).allMatch(Optional::isEmpty);
    shell.keys.clear();
    assertThat(shell.run("restore", "--to", "mysql://h")).isZero();
    assertThat(shell.run("verify")).isZero();
    assertThat(shell.keys).hasSize(2).containsOnly(Optional.of(folder.resolve("absent.key")));
  }

  private void twoRepositories() throws IOException {
    Files.writeString(
        folder.resolve("foldback.yaml"),
        """
        defaults: {repository: main}
        repositories: {main: {url: /main}, other: {url: /other}}
        sources:
          shop: {url: 'mysql://b@db1', password: '${env:NOT_SET}', repository: other}
          rest: {url: 'mysql://b@db2'}
        """);
  }

  @Test
  void aNamedSourcesRepositoryIsTakenWithoutItsPassword() throws IOException {
    twoRepositories();
    assertThat(shell.run("restore", "shop", "--to", "mysql://h")).as(shell.err()).isZero();
    assertThat(shell.run("show", "latest", "--name", "shop")).as(shell.err()).isZero();
    assertThat(shell.run("verify", "--snapshot", "latest", "--name", "shop")).isZero();
    assertThat(shell.opened).hasSize(3).containsOnly("/other");
  }

  @Test
  void anOptionWinsAndOthersTakeTheDefault() throws IOException {
    twoRepositories();
    shell.run("restore", "shop", "--to", "mysql://h", "--repo", "main");
    shell.run("show", "latest", "--name", "rest");
    shell.run("show", "latest", "--name", "unheard-of");
    shell.run("list");
    assertThat(shell.opened).hasSize(4).containsOnly("/main");
  }

  @Test
  void verifyTakesTheLatestOfASource() {
    shell.repository.listing =
        new SnapshotListing(
            List.of(
                new SnapshotListing.Entry(
                    Given.manifest(Given.OLD, "shop"), Optional.empty(), Optional.empty()),
                new SnapshotListing.Entry(
                    Given.manifest(Given.NEW, "other"), Optional.empty(), Optional.empty())),
            List.of());
    assertThat(shell.run("verify", "--repo", "r", "--snapshot", "latest")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1006", "several sources", "other");
    assertThat(shell.run("verify", "--repo", "r", "--snapshot", "latest", "--name", "shop"))
        .isZero();
    assertThat(shell.repository.verified.getLast().snapshot()).contains(Given.OLD);
    assertThat(shell.run("verify", "--repo", "r", "--name", "shop")).isEqualTo(2);
    assertThat(shell.err()).contains("--snapshot latest");
  }

  @Test
  void noCommandTakesAnOlderSnapshotThanADamagedOneUnasked() {
    Finding newest =
        Finding.error("FB-4003", "snapshots/shop/20260302T030000Z-0d0d.json", "cut short", "");
    shell.repository.listing = new SnapshotListing(Given.listing().entries(), List.of(newest));
    String[][] commands = {
      {"restore", "--to", "mysql://h", "--repo", "r"},
      {"show", "latest", "--repo", "r"},
      {"verify", "--snapshot", "latest", "--repo", "r"},
    };
    for (String[] command : commands) {
      assertThat(shell.run(command)).as(command[0]).isEqualTo(5);
      assertThat(shell.err())
          .contains("FB-4003", "20260302T030000Z-0d0d", "--snapshot " + Given.NEW);
    }
    assertThat(shell.engine.restored).isFalse();
    assertThat(
            shell.run(
                "restore", "--to", "mysql://h", "--repo", "r", "--snapshot", Given.NEW.value()))
        .isZero();
  }

  @Test
  void aFileThatIsNoManifestIsToldAndIsNoDamage() {
    Finding stray = Finding.warning("FB-1002", "snapshots/notes.txt", "is not used", "");
    shell.repository.listing = new SnapshotListing(Given.listing().entries(), List.of(stray));
    assertThat(shell.run("list", "--repo", "r")).isZero();
    assertThat(shell.out()).contains("warning FB-1002 snapshots/notes.txt");
    assertThat(shell.run("list", "--repo", "r", "--json")).isZero();
    assertThat(shell.json()).hasSize(1);
    assertThat(shell.json().getFirst()).hasSize(2);
    assertThat(shell.err()).contains("warning FB-1002 snapshots/notes.txt");
  }

  @Test
  void aSchemaInTheUrlRestrictsThePatterns() {
    assertThat(
            shell.run(
                "backup",
                "mysql://h/shop",
                "--repo",
                "r",
                "--include",
                "sh*.ord*",
                "--include",
                "shop.items"))
        .as(shell.err())
        .isZero();
    assertThat(shell.engine.selections.getLast().include())
        .containsExactly("shop.ord*", "shop.items");
    assertThat(shell.run("backup", "mysql://h/shop", "--repo", "r", "--include", "other"))
        .isEqualTo(2);
    assertThat(shell.err()).contains("FB-1001", "'other'", "'shop'");
    assertThat(shell.run("backup", "mysql://h/a%2Ab", "--repo", "r")).isZero();
    assertThat(shell.engine.selections.getLast().contains(new TableName("a*b", "t"))).isTrue();
    assertThat(shell.engine.selections.getLast().contains(new TableName("azb", "t"))).isFalse();
  }

  @Test
  void threadsReachRestoreAndVerify() {
    shell.run("restore", "--to", "mysql://h", "--repo", "r", "--threads", "7");
    assertThat(shell.engine.restoreThreads).containsExactly(7);
    shell.run("verify", "--repo", "r", "--threads", "9");
    assertThat(shell.repository.verified.getLast().threads()).isEqualTo(9);
    assertThat(shell.run("verify", "--repo", "r", "--threads", "0")).isEqualTo(2);
    assertThat(shell.run("restore", "--to", "mysql://h", "--repo", "r", "--threads", "4097"))
        .isEqualTo(2);
  }

  @Test
  void aQuickLookDoesNotMissTheKey() {
    shell.repository.report = new VerifyReport("presence", List.of(), 1, 1, List.of());
    assertThat(shell.run("verify", "--repo", "r", "--quick")).isZero();
    assertThat(shell.out()).contains("every object is there").doesNotContain("recovery key");
  }
}
