package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldback.core.SourceName;
import dev.foldback.core.prune.Dropping;
import dev.foldback.core.repository.SnapshotListing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneCommandTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  private int prune(String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("prune", "--repo", "r"));
    args.addAll(List.of(more));
    return shell.run(args.toArray(String[]::new));
  }

  @Test
  void withoutARuleNothingIsOpened() {
    assertThat(prune()).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1001").contains("--keep-last").contains("nothing was");
    assertThat(shell.opened).isEmpty();
    assertThat(prune("--keep-last", "-1")).isEqualTo(2);
    assertThat(prune("--keep-log", "soon")).isEqualTo(2);
    assertThat(shell.err()).contains("--keep-log can't be 'soon'").contains("14d");
    assertThat(prune("--keep-last", "1", "--grace", "1y")).isEqualTo(2);
    assertThat(shell.repository.pruning).isEmpty();
  }

  @Test
  void itSaysWhatItKeepsAndDropsAndWhyThenDeletes() {
    assertThat(prune("--keep-last", "1")).as(shell.err()).isZero();
    assertThat(shell.out())
        .containsPattern("drop +" + Given.OLD + " +shop .* no rule keeps it")
        .containsPattern("keep +" + Given.NEW + " .*the newest of its source; one of the last 1")
        .contains("Drops 1 snapshot and keeps 1. That frees 5.0 MiB in 3 objects.")
        .contains("Nothing refers to 1 other object with 2.0 MiB")
        .contains("Deleted 1 snapshot and 4 objects with 6.0 MiB.")
        .contains("5.0 MiB in 3 objects that nothing refers to wait");
    Dropping dropped = shell.repository.pruner.dropped.getFirst();
    assertThat(dropped.snapshots()).extracting(s -> s.id()).containsExactly(Given.OLD);
    assertThat(shell.repository.pruning.getFirst().grace()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void aDryRunSaysItAllAndDeletesNothing() {
    assertThat(prune("--keep-last", "1", "--dry-run")).isZero();
    assertThat(shell.out())
        .containsPattern("drop +" + Given.OLD)
        .contains("Would drop 1 snapshot and keep 1.")
        .contains("Nothing was deleted (--dry-run).");
    assertThat(shell.repository.pruner.dropped).isEmpty();
    assertThat(shell.repository.pruning.getFirst().dryRun()).isTrue();
  }

  @Test
  void theLogThatNoMomentNeedsIsDroppedFromItsOldEnd() {
    assertThat(prune("--keep-last", "1", "--keep-log", "14d", "--grace", "2h")).isZero();
    assertThat(shell.out())
        .containsPattern("drop +1 +shop .*older than --keep-log")
        .containsPattern("keep +2-3 +shop .*needed to reach the moments");
    assertThat(shell.repository.pruner.dropped.getFirst().log())
        .isEqualTo(Map.of(new SourceName("shop"), 1L));
    assertThat(shell.repository.pruning.getFirst().grace()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void oneSourceAloneIsPrunedAndOneThatIsNotThereIsNamed() {
    assertThat(prune("--keep-last", "1", "--name", "shop")).isZero();
    assertThat(shell.repository.pruner.dropped).hasSize(1);
    assertThat(prune("--keep-last", "1", "--name", "shpo")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1006").contains("shpo").contains("nothing was deleted");
    assertThat(shell.repository.pruner.dropped).hasSize(1);
  }

  @Test
  void aDamagedManifestStopsIt() {
    shell.repository.listing =
        new SnapshotListing(Given.listing().entries(), List.of(Given.DAMAGED));
    assertThat(prune("--keep-last", "1")).isEqualTo(5);
    assertThat(shell.err()).contains("cut short").contains("Nothing was deleted");
    assertThat(shell.repository.pruner.dropped).isEmpty();
  }

  @Test
  void quietItPrintsNothing() {
    assertThat(prune("--keep-last", "1", "-q")).isZero();
    assertThat(shell.out() + shell.err()).isEmpty();
  }

  @Test
  void itsJsonHasTheseKeys() {
    assertThat(prune("--keep-last", "1", "--json")).isZero();
    List<JsonNode> events = shell.json();
    JsonNode plan =
        events.stream().filter(e -> e.get("type").asText().equals("prunePlan")).findFirst().get();
    keys(
        plan,
        "type time dryRun graceSeconds snapshots stretches freedObjects freedBytes looseObjects"
            + " looseBytes");
    keys(plan.get("snapshots").get(0), "id source snapshotTime storedBytes keep reasons");
    keys(
        plan.get("stretches").get(0),
        "source firstSegment lastSegment from to firstCommit lastCommit storedBytes keep reasons");
    assertThat(plan.get("snapshots").get(0).get("keep").asBoolean()).isFalse();
    keys(
        events.getLast(),
        "type time command droppedSnapshots droppedSegments deletedObjects deletedBytes"
            + " waitingObjects waitingBytes clockKnown");
    assertThat(prune("--keep-last", "1", "--json", "--dry-run")).isZero();
    assertThat(shell.json().getLast().get("type").asText()).isEqualTo("prunePlan");
  }

  private static void keys(JsonNode node, String expected) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyInAnyOrder(expected.split(" ", -1));
  }
}
