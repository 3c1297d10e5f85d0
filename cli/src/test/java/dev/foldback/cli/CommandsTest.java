package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @Test
  void initNamesTheKeyFileAfterTheRepositoryAndSaysWhatLosingItMeans() {
    assertThat(shell.run("init", "--repo", "/backups/Shop 1/")).isZero();
    assertThat(shell.keys).containsExactly(Optional.of(folder.resolve("foldback-shop-1.key")));
    assertThat(shell.out()).contains("foldback-shop-1.key").contains("NOBODY CAN EVER READ");
  }

  @Test
  void initWithoutEncryptionSaysWhatThatMeans() {
    assertThat(shell.run("init", "--repo", "r", "--no-encryption")).isZero();
    assertThat(shell.keys).containsExactly(Optional.empty());
    assertThat(shell.out()).contains("Nothing in this repository will be encrypted");
    assertThat(shell.run("init", "--repo", "r", "--no-encryption", "--key-file", "k")).isEqualTo(2);
  }

  @Test
  void initNeverShowsCredentialsOfAPlace() {
    shell.run("init", "--repo", "s3://user:s3cret@bucket/x?secret_key=s3cret");
    assertThat(shell.out() + shell.err()).contains("s3://bucket/x").doesNotContain("s3cret");
  }

  @Test
  void backupTakesItsOptionsFromTheCommandLine() {
    assertThat(
            shell.run(
                "backup",
                "mysql://root@db1:3307",
                "--repo",
                "/r",
                "--name",
                "shop",
                "--include",
                "a",
                "--include",
                "b.c",
                "--exclude",
                "a.x",
                "--threads",
                "3",
                "--full",
                "--compression",
                "3",
                "--max-rate",
                "1MiB",
                "--max-load",
                "Threads_running=9",
                "--lock-wait",
                "5s",
                "--allow-inconsistent"))
        .as(shell.err())
        .isZero();
    assertThat(shell.repository.begun.getFirst().value()).isEqualTo("shop");
    assertThat(shell.engine.selections.getFirst().include()).containsExactly("a", "b.c");
    assertThat(shell.engine.selections.getFirst().exclude()).containsExactly("a.x");
    var writing = shell.repository.writing.getFirst();
    assertThat(writing.reuse()).isFalse();
    assertThat(writing.compressionLevel()).isEqualTo(3);
    var reading = shell.engine.readings.getFirst();
    assertThat(reading.threads()).isEqualTo(3);
    assertThat(reading.maxBytesPerSecond()).isEqualTo(1 << 20);
    assertThat(reading.maxLoad()).isEqualTo(Map.of("Threads_running", 9L));
    assertThat(reading.lockWait()).isEqualTo(Duration.ofSeconds(5));
    assertThat(reading.allowInconsistent()).isTrue();
    assertThat(shell.repository.committed).hasSize(1);
    assertThat(shell.out()).contains("Snapshot " + Given.NEW + " of shop is committed");
  }

  @Test
  void backupTakesItsOptionsFromTheConfiguration() throws IOException {
    Files.writeString(
        folder.resolve("foldback.yaml"),
        """
        repositories: {main: {url: /main}}
        sources:
          shop: {url: 'mysql://b@db1', include: [shop], exclude: [shop.log], threads: 5}
        """);
    assertThat(shell.run("backup", "shop")).as(shell.err()).isZero();
    assertThat(shell.opened).containsExactly("/main");
    assertThat(shell.repository.begun.getFirst().value()).isEqualTo("shop");
    assertThat(shell.engine.selections.getFirst().include()).containsExactly("shop");
    assertThat(shell.engine.readings.getFirst().threads()).isEqualTo(5);
  }

  @Test
  void aSchemaInTheUrlIsTheSelection() {
    shell.run("backup", "mysql://db1/my.shop", "--repo", "r");
    assertThat(shell.engine.selections.getFirst().contains(new TableName("my.shop", "t"))).isTrue();
    assertThat(shell.engine.selections.getFirst().contains(new TableName("my", "shop"))).isFalse();
  }

  @Test
  void aSourceWithoutANameGetsItsHosts() {
    shell.run("backup", "mysql://DB1:3307", "--repo", "r");
    assertThat(shell.repository.begun.getFirst().value()).isEqualTo("db1-3307");
  }

  @Test
  void wrongQuantitiesAreRefusedBeforeAnythingIsOpened() {
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--threads", "0")).isEqualTo(2);
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--max-rate", "fast")).isEqualTo(2);
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--lock-wait", "x")).isEqualTo(2);
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--compression", "0")).isEqualTo(2);
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--include", "a.b.c")).isEqualTo(2);
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "--name", "A B")).isEqualTo(2);
    assertThat(shell.opened).isEmpty();
  }

  @Test
  void listAnswersWhatThereIs() {
    assertThat(shell.run("list", "--repo", "r")).isZero();
    assertThat(shell.out())
        .contains(Given.OLD.value(), "2026-02-28 04:00:00", "27 hours ago", "1,234,567")
        .contains("5.0 GiB", "1.0 GiB", "3.0 MiB", "unproven", "proven restore 60 min ago")
        .contains("11.4.5-MariaDB", "binlog.000007:4711 gtid 0-1-99");
    assertThat(shell.out().lines().filter(line -> line.contains(Given.OLD.value())))
        .singleElement()
        .asString()
        .containsPattern("27 hours ago +- +2 ");
    assertThat(shell.out().lines().filter(line -> line.contains(Given.NEW.value())))
        .singleElement()
        .asString()
        .containsPattern("3 hours ago +differential +2 ");
  }

  @Test
  void listAndShowTellWhichWayABackupWentAndWhy() {
    shell.repository.segments =
        List.of(
            Given.segment(1, 4, 5000, Optional.empty()),
            Given.segment(2, 5000, 9000, Optional.empty()),
            Given.segment(3, 9000, 9000, Optional.empty()));
    assertThat(shell.run("list", "--repo", "r")).isZero();
    assertThat(shell.out())
        .contains("2 restore points by log, the newest 2026-03-01 06:59:50: " + reason());
    assertThat(shell.run("show", Given.NEW.value(), "--repo", "r")).isZero();
    assertThat(shell.out()).contains("way        differential: the last snapshot is damaged");
    assertThat(shell.run("show", Given.OLD.value(), "--repo", "r")).isZero();
    assertThat(shell.out()).doesNotContain("way  ");
  }

  private static String reason() {
    return Given.BY_LOG.reason();
  }

  @Test
  void anEmptyListSaysWhatToDo() {
    shell.repository.listing = new SnapshotListing(List.of(), List.of());
    assertThat(shell.run("list", "--repo", "r")).isZero();
    assertThat(shell.out()).contains("foldback backup");
    assertThat(shell.run("list", "--repo", "r", "--json")).isZero();
    assertThat(shell.out()).isEqualTo("[]\n");
  }

  @Test
  void aDamagedManifestIsShownAndIsStatusFive() {
    shell.repository.listing =
        new SnapshotListing(Given.listing().entries(), List.of(Given.DAMAGED));
    assertThat(shell.run("list", "--repo", "r")).isEqualTo(5);
    assertThat(shell.out()).contains(Given.NEW.value()).contains("can't be restored");
    assertThat(shell.run("list", "--repo", "r", "--json")).isEqualTo(5);
    var damaged = shell.json().getFirst().get(2);
    assertThat(damaged.get("state").asText()).isEqualTo("damaged");
    assertThat(damaged.get("id").asText()).isEqualTo("20260227T030000Z-0c0c");
    assertThat(damaged.get("source").asText()).isEqualTo("shop");
  }

  @Test
  void aRestoresProofShowsBehindALaterCheck() {
    Proof bytes = new Proof(Given.NOW.minusSeconds(60), "bytes", true, "");
    SnapshotListing.Entry entry = Given.listing().entries().getLast();
    shell.repository.listing =
        new SnapshotListing(
            List.of(
                new SnapshotListing.Entry(
                    entry.manifest(), Optional.of(bytes), Optional.of(Given.RESTORED))),
            List.of());
    assertThat(shell.run("list", "--repo", "r")).isZero();
    assertThat(shell.out()).contains("proven bytes 1 min ago, restore 60 min ago");
    assertThat(shell.run("show", "latest", "--repo", "r")).isZero();
    assertThat(shell.out()).contains("every stored byte read", "restored and compared, 2 tables");
  }

  @Test
  void showLatestIsTheNewestWithItsTables() {
    assertThat(shell.run("show", "latest", "--repo", "r")).isZero();
    assertThat(shell.out())
        .contains(Given.NEW.value(), "shop.customers", "shop.orders", "1,233,567")
        .contains("proven", "restored and compared", "warning not-transactional shop.log");
    assertThat(shell.run("show", Given.OLD.value(), "--repo", "r")).isZero();
    assertThat(shell.out()).contains(Given.OLD.value(), "unproven: run 'foldback verify'");
  }

  @Test
  void whatIsNotThereIsAnErrorOfItsOwn() {
    assertThat(shell.run("show", "20200101T000000Z-ffff", "--repo", "r")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1007");
    assertThat(shell.run("show", "yesterday", "--repo", "r")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1002");
  }

  @Test
  void controlCharactersInNamesDoNotReachTheScreen() {
    shell.repository.listing =
        new SnapshotListing(
            List.of(), List.of(Finding.error("FB-4003", "a\033[2Jb", "odd\rtext", "")));
    shell.run("list", "--repo", "r");
    assertThat(shell.out()).doesNotContain("\033", "\r");
  }

  @Test
  void restorePrintsItsPlanThenRestores() {
    shell.engine.planFindings =
        List.of(Finding.warning("account-exists", "user 'app'@'%'", "is left as it is", ""));
    assertThat(
            shell.run(
                "restore",
                "shop",
                "--to",
                "mysql://root@db2",
                "--repo",
                "r",
                "--include",
                "shop",
                "--rename",
                "shop=copy",
                "--rename",
                "shop.a=shop.b",
                "--snapshot",
                Given.OLD.value()))
        .as(shell.err())
        .isZero();
    assertThat(shell.err())
        .contains("restore    " + Given.OLD + " of shop", "mysql://root@db2, 11.4.5-MariaDB")
        .contains("shop to copy", "shop.a to shop.b", "1 schema", "user 'app'@'%': is left");
    var request = shell.engine.requests.getFirst();
    assertThat(request.renames().schema("shop")).isEqualTo("copy");
    assertThat(request.selection().include()).containsExactly("shop");
    assertThat(request.existing()).isEqualTo(Existing.REFUSE);
    assertThat(shell.engine.restored).isTrue();
    assertThat(shell.out()).contains("proven");
  }

  @Test
  void withoutComparisonNothingIsCalledProven() {
    shell.run("restore", "--to", "mysql://root@db2", "--repo", "r", "--no-verify");
    assertThat(shell.out()).contains("not compared").doesNotContain("is equal");
  }

  @Test
  void restoreRefusesOnErrorsInThePlan() {
    shell.engine.planFindings =
        List.of(Finding.error("FB-5001", "shop.orders", "exists on the target", "Rename it."));
    assertThat(shell.run("restore", "--to", "mysql://root@db2", "--repo", "r")).isEqualTo(6);
    assertThat(shell.err())
        .contains("error FB-5001")
        .containsOnlyOnce("shop.orders")
        .containsOnlyOnce("Rename it.");
    assertThat(shell.engine.restored).isFalse();
  }

  @Test
  void replacingNeedsAYes() {
    String[] replace = {
      "restore", "--to", "mysql://root@db2", "--repo", "r", "--existing", "replace"
    };
    assertThat(shell.run(replace)).isEqualTo(6);
    assertThat(shell.err()).contains("--yes");
    shell.terminal = true;
    shell.answers = "no\n";
    assertThat(shell.run(replace)).isEqualTo(6);
    assertThat(shell.engine.restored).isFalse();
    shell.answers = "yes\n";
    assertThat(shell.run(replace)).isZero();
    assertThat(shell.engine.restored).isTrue();
  }

  @Test
  void withYesNobodyIsAsked() {
    assertThat(
            shell.run(
                "restore", "--to", "mysql://h", "--repo", "r", "--existing", "replace", "--yes"))
        .isZero();
    assertThat(shell.engine.requests.getFirst().existing()).isEqualTo(Existing.REPLACE);
  }

  @Test
  void aTargetWithASchemaIsRefused() {
    assertThat(shell.run("restore", "--to", "mysql://h/shop", "--repo", "r")).isEqualTo(2);
    assertThat(shell.err()).contains("--rename");
  }

  @Test
  void verifySaysWhatWasCheckedAndKeepsTheProof() {
    shell.repository.report =
        new VerifyReport(
            "bytes",
            List.of(new VerifyReport.Verdict(Given.NEW, true, List.of())),
            7,
            99,
            List.of());
    assertThat(shell.run("verify", "--repo", "r", "--snapshot", "latest", "--quick")).isZero();
    assertThat(shell.repository.verified.getFirst().snapshot()).contains(Given.NEW);
    assertThat(shell.repository.verified.getFirst().quick()).isTrue();
    assertThat(shell.repository.proofs).hasSize(1);
    assertThat(shell.out()).contains("7 objects", "All good").contains("Without the recovery key");
  }

  @Test
  void verifySaysItsVerdictWhereTheRepositoryTakesNoProof() {
    shell.repository.report =
        new VerifyReport(
            "bytes",
            List.of(
                new VerifyReport.Verdict(Given.OLD, false, List.of("shop.orders")),
                new VerifyReport.Verdict(Given.NEW, true, List.of())),
            7,
            99,
            List.of(Finding.error("FB-4001", "objects/ab", "is missing", "")));
    shell.repository.recording =
        Optional.of(
            new StoreException(
                StoreException.Kind.DENIED, StoreException.Effect.NONE, "read only", "", null));
    assertThat(shell.run("verify", "--repo", "r")).isEqualTo(5);
    assertThat(shell.out())
        .contains("DAMAGED " + Given.OLD, "good    " + Given.NEW, "FB-4001")
        .contains("proof-not-kept snapshot " + Given.OLD, "proof-not-kept snapshot " + Given.NEW)
        .contains("read only");
  }

  @Test
  void aRestoreThatLacksSomethingHasAStatusOfItsOwn() {
    shell.engine.missing =
        List.of(Finding.warning("not-created", "view shop.v", "could not be created", ""));
    assertThat(shell.run("restore", "--to", "mysql://h", "--repo", "r")).isEqualTo(8);
    assertThat(shell.out()).contains("missing: view shop.v");
    assertThat(shell.engine.restored).isTrue();
    assertThat(shell.run("restore", "--to", "mysql://h", "--repo", "r", "--json")).isEqualTo(8);
    assertThat(shell.json().getLast().get("complete").asBoolean()).isFalse();
  }

  @Test
  void damageIsStatusFiveAndNamesTheTables() {
    shell.repository.report =
        new VerifyReport(
            "bytes",
            List.of(new VerifyReport.Verdict(Given.NEW, false, List.of("shop.orders"))),
            7,
            99,
            List.of(Finding.error("FB-4001", "objects/ab", "is missing", "")));
    assertThat(shell.run("verify", "--repo", "r", "--quiet")).isEqualTo(5);
    assertThat(shell.out()).contains("DAMAGED " + Given.NEW, "shop.orders", "FB-4001");
  }

  @Test
  void quietPrintsNothingWhereAllIsWell() {
    assertThat(shell.run("backup", "mysql://h", "--repo", "r", "-q")).isZero();
    assertThat(shell.run("verify", "--repo", "r", "-q")).isZero();
    assertThat(shell.out() + shell.err()).isEmpty();
  }
}
