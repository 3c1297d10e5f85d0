package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldback.core.Finding;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.repository.SnapshotListing;
import dev.foldback.core.repository.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact keys of every JSON shape. Scripts rely on them: a key may come, none may go. */
class JsonShapesTest {
  private static final String SNAPSHOT =
      "id source time finished position log tables rows rowBytes storedBytes newBytes server method"
          + " way reason selection state proof strongestProof findings";

  private static final LogHole HOLE =
      new LogHole("purged", "the log was purged", Optional.of(Given.NOW.minusSeconds(99)));

  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @Test
  void list() {
    shell.repository.listing =
        new SnapshotListing(Given.listing().entries(), List.of(Given.DAMAGED));
    shell.run("list", "--repo", "r", "--json");
    JsonNode all = shell.json().getFirst();
    assertThat(all.isArray()).isTrue();
    assertThat(all).hasSize(3).allSatisfy(each -> keys(each, SNAPSHOT));
    keys(all.get(1).get("server"), "family version id");
    keys(all.get(1).get("log"), "kind file offset gtids");
    keys(all.get(1).get("selection"), "include exclude");
    keys(all.get(1).get("proof"), "time kind good detail");
    keys(all.get(1).get("strongestProof"), "time kind good detail");
    keys(all.get(1).get("findings").get(0), "severity code subject message hint");
    assertThat(all.get(0).get("state").asText()).isEqualTo("unproven");
    assertThat(all.get(0).get("proof").isNull()).isTrue();
    assertThat(all.get(0).get("way").isNull()).isTrue();
    assertThat(all.get(1).get("way").asText()).isEqualTo("differential");
    assertThat(all.get(1).get("reason").asText()).isEqualTo("the last snapshot is damaged");
    assertThat(all.get(1).get("state").asText()).isEqualTo("proven");
    assertThat(all.get(1).get("time").asText()).isEqualTo("2026-03-01T03:00:00Z");
    assertThat(all.get(1).get("position").asText()).isEqualTo("binlog.000007:4711 gtid 0-1-99");
    assertThat(all.get(2).get("state").asText()).isEqualTo("damaged");
  }

  @Test
  void release() {
    shell.engine.kept = List.of(Given.KEPT);
    String tables = "id time what bytes ended schemas tables";
    shell.run("release", "mysql://h", "--json");
    keys(shell.json().getLast(), "type time command kept unfinished");
    assertThat(shell.json().getLast().get("unfinished")).isEmpty();
    keys(shell.json().getLast().get("kept").get(0), tables);
    shell.run("release", "mysql://h", Given.KEPT.id(), "--yes", "--json");
    keys(shell.json().getLast().get("released"), tables);
    shell.run("release", "mysql://h", Given.KEPT.id(), "--back", "--yes", "--json");
    keys(shell.json().getLast(), "type time command putBack keptInstead");
    keys(shell.json().getLast().get("keptInstead"), tables);
    shell.engine.unfinished = List.of(Given.LEFT);
    String left = "id kind since running bytes schemas tables";
    shell.run("release", "mysql://h", "--json");
    keys(shell.json().getLast().get("unfinished").get(0), left);
    assertThat(shell.json().getLast().get("unfinished").get(0).get("kind").asText())
        .isEqualTo("in-place");
    shell.run("release", "mysql://h", Given.LEFT.id(), "--give-up", "--yes", "--json");
    keys(shell.json().getLast(), "type time command gaveUp");
    keys(shell.json().getLast().get("gaveUp"), left);
  }

  @Test
  void listOfALog() {
    shell.repository.segments =
        List.of(
            Given.segment(1, 4, 1000, Optional.empty()),
            Given.segment(2, 1000, 2000, Optional.empty()),
            Given.segment(3, 4000, 9000, Optional.of(HOLE)));
    shell.run("list", "--repo", "r", "--json");
    JsonNode log = shell.json().getFirst().get(2);
    keys(log, "source ranges findings");
    assertThat(log.get("ranges")).hasSize(2);
    JsonNode without = log.get("ranges").get(0);
    JsonNode with = log.get("ranges").get(1);
    keys(
        with,
        "snapshot reachableFrom reachableTo segments bytes storedBytes transactions first last"
            + " points holeBefore");
    keys(with.get("points").get(0), "segment time position way reason");
    assertThat(with.get("points").get(0).get("way").asText()).isEqualTo("log");
    assertThat(without.get("points")).hasSize(1);
    keys(with.get("last"), "number from to firstCommit lastCommit until");
    keys(with.get("holeBefore"), "reason words after");
    assertThat(without.get("segments").asInt()).isEqualTo(2);
    assertThat(without.get("reachableTo").isNull()).isTrue();
    assertThat(with.get("snapshot").asText()).isEqualTo(Given.OLD.value());
    assertThat(with.get("reachableFrom").asText()).isEqualTo("2026-02-28T03:00:00Z");
    assertThat(with.get("reachableTo").asText()).isEqualTo("2026-03-01T05:59:50Z");
    assertThat(with.get("holeBefore").get("reason").asText()).isEqualTo("purged");
  }

  @Test
  void capture() {
    assertThat(shell.run("capture", "mysql://h", "--once", "--repo", "r", "--json")).isZero();
    JsonNode result = shell.json().getLast();
    keys(result, "type time command source segments transactions bytes sentBytes newest seconds");
    keys(result.get("newest"), "number from to firstCommit lastCommit until");
  }

  @Test
  void show() {
    shell.run("show", "latest", "--repo", "r", "--json");
    JsonNode shown = shell.json().getFirst();
    keys(shown, SNAPSHOT + " checks contents");
    keys(shown.get("contents").get(0), "schema table rows rowBytes");
  }

  @Test
  void listAndShowAreOneDocumentWhateverThereIsToWarnOf() {
    shell.oddities = List.of(Finding.warning("KEY_FILE_READABLE", "k", "others can read it", ""));
    shell.storeNote = "the store asks to slow down";
    for (String[] command :
        new String[][] {{"list", "--repo", "r"}, {"show", "latest", "--repo", "r"}}) {
      List<String> json = new ArrayList<>(List.of(command));
      json.add("--json");
      assertThat(shell.run(json.toArray(String[]::new))).isZero();
      assertThat(shell.json()).as(command[0]).hasSize(1);
      assertThat(shell.json().getFirst().has("type")).isFalse();
      assertThat(shell.err())
          .contains("warning KEY_FILE_READABLE", "note store-waits", "asks to slow down");
      json.add("--quiet");
      assertThat(shell.run(json.toArray(String[]::new))).isZero();
      assertThat(shell.err()).isEmpty();
    }
    shell.run("verify", "--repo", "r", "--json");
    assertThat(event(shell.json(), "finding").get("code").asText()).isEqualTo("KEY_FILE_READABLE");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void init() {
    shell.run("init", "--repo", "r", "--json");
    keys(
        shell.json().getFirst(),
        "type time command repository location created recipients keyFile");
  }

  @Test
  void backup() {
    shell.run("backup", "mysql://h", "--repo", "r", "--json");
    List<JsonNode> events = shell.json();
    keys(event(events, "phase"), "type time phase expectedRows expectedBytes");
    keys(
        event(events, "phaseEnd"),
        "type time phase elapsedSeconds rows bytes expectedRows expectedBytes bytesPerSecond"
            + " remainingSeconds inFlight note");
    keys(event(events, "finding"), "type time severity code subject message hint");
    // The time of the result is the snapshot's.
    keys(
        events.getLast(),
        "type command way reason id source time finished position log tables rows rowBytes"
            + " storedBytes newBytes server method selection findings checks sentBytes sentFrames"
            + " reusedFrames reusedBytes seconds");
    assertThat(events.getLast().get("type").asText()).isEqualTo("result");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void restore() {
    shell.engine.planFindings = List.of(Finding.info("a", "b", "c"));
    shell.run("restore", "--to", "mysql://h", "--repo", "r", "--json", "--rename", "shop=copy");
    List<JsonNode> events = shell.json();
    keys(
        event(events, "plan"),
        "type time snapshot source snapshotTime position target tables objects rows rowBytes"
            + " resumedTables renames findings");
    assertThat(event(events, "plan").get("renames").get("shop").asText()).isEqualTo("copy");
    keys(
        events.getLast(),
        "type time command snapshot tables rows rowBytes compared complete findings loadSeconds"
            + " compareSeconds");
  }

  @Test
  void verify() {
    shell.repository.report =
        new VerifyReport(
            "rows", List.of(new VerifyReport.Verdict(Given.NEW, true, List.of())), 7, 9, List.of());
    shell.run("verify", "--repo", "r", "--json");
    JsonNode result = shell.json().getLast();
    keys(result, "type time command good kind opened objects storedBytes snapshots findings");
    keys(result.get("snapshots").get(0), "id good damagedTables");
  }

  @Test
  void error() {
    shell.run("show", "20200101T000000Z-ffff", "--repo", "r", "--json");
    keys(shell.json().getLast(), "type time code name exitStatus message meaning hint findings");
  }

  @Test
  void everyKeyIsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("../docs/json.md"));
    List<JsonNode> shapes = new ArrayList<>();
    shell.run("list", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("show", "latest", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("init", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("backup", "mysql://h", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("capture", "mysql://h", "--once", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.repository.segments = List.of(Given.segment(1, 4, 9000, Optional.of(HOLE)));
    shell.run("list", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("restore", "--to", "mysql://h", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("verify", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.run("prune", "--keep-last", "1", "--repo", "r", "--json");
    shapes.addAll(shell.json());
    shell.engine.unfinished = List.of(Given.LEFT);
    shell.run("release", "mysql://h", "--json");
    shapes.addAll(shell.json());
    shell.run("release", "mysql://h", Given.LEFT.id(), "--give-up", "--yes", "--json");
    shapes.addAll(shell.json());
    Set<String> keys = new TreeSet<>();
    shapes.forEach(shape -> collect(shape, keys));
    assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
  }

  private static void collect(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> collect(child, keys));
  }

  private static JsonNode event(List<JsonNode> events, String type) {
    return events.stream()
        .filter(e -> e.get("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static void keys(JsonNode node, String expected) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrder(expected.split(" ", -1));
  }
}
