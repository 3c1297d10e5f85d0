package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Unfinished;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores in place and what becomes of what they put aside, at the command line. */
class ReleaseCommandTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
    shell.engine.kept = List.of(Given.KEPT);
  }

  @Test
  void withoutAnIdItShowsWhatIsKept() {
    assertThat(shell.run("release", "mysql://root@db1")).as(shell.err()).isZero();
    assertThat(shell.out())
        .contains(Given.KEPT.id(), "2 tables", "5.0 MiB", "shop.orders", "foldback_kept_");
    assertThat(shell.engine.released).isEmpty();
    shell.engine.kept = List.of();
    shell.run("release", "mysql://root@db1");
    assertThat(shell.out()).contains("Nothing is kept");
  }

  @Test
  void itDeletesOnlyWhenSomebodySaysYes() {
    String[] line = {"release", "mysql://root@db1", Given.KEPT.id()};
    assertThat(shell.run(line)).isEqualTo(6);
    assertThat(shell.err()).contains("nobody said yes; nothing was changed");
    shell.terminal = true;
    shell.answers = "no\n";
    assertThat(shell.run(line)).isEqualTo(6);
    assertThat(shell.err()).contains("This DELETES 2 tables");
    assertThat(shell.engine.released).isEmpty();
    shell.answers = "yes\n";
    assertThat(shell.run(line)).isZero();
    assertThat(shell.engine.released).containsExactly(Given.KEPT.id());
    assertThat(shell.out())
        .contains("Released " + Given.KEPT.id() + ": 2 tables, 5.0 MiB deleted.");
  }

  @Test
  void aDryRunDeletesNothing() {
    assertThat(shell.run("release", "mysql://root@db1", Given.KEPT.id(), "--dry-run")).isZero();
    assertThat(shell.out()).contains("shop.item");
    assertThat(shell.engine.released).isEmpty();
  }

  @Test
  void whatIsUnfinishedIsShownWithWhatToDo() {
    for (Unfinished.Kind kind : Unfinished.Kind.values()) {
      shell.engine.unfinished = List.of(Given.left(kind, false));
      assertThat(shell.run("release", "mysql://root@db1")).isZero();
      assertThat(shell.out())
          .as(kind.word())
          .contains(Given.LEFT.id() + "  2026-03-01 06:50:00  1 table, 3.0 MiB\n")
          .contains("foldback_swap_0a0b0c0d0e0f0a0b_0.orders")
          .contains("put it back: foldback release SERVER " + Given.KEPT.id() + " --back");
      String giveUp = "foldback release SERVER " + Given.LEFT.id() + " --give-up";
      assertThat(shell.out().contains(giveUp)).isEqualTo(kind != Unfinished.Kind.UNNOTED);
    }
    shell.engine.kept = List.of();
    shell.engine.unfinished = List.of(Given.left(Unfinished.Kind.COPIES, true));
    shell.run("release", "mysql://root@db1");
    assertThat(shell.out()).contains("Nothing is kept on this server.", "a run is at work");
    assertThat(shell.engine.gaveUp).isEmpty();
  }

  @Test
  void givingUpNeedsItsOwnWordAndAYes() {
    shell.engine.unfinished = List.of(Given.LEFT);
    String[] line = {"release", "mysql://root@db1", Given.LEFT.id(), "--give-up"};
    assertThat(shell.run("release", "mysql://root@db1", Given.LEFT.id(), "--yes")).isEqualTo(2);
    assertThat(shell.err()).contains("did not come to its end", "--give-up");
    assertThat(shell.run(line)).isEqualTo(6);
    assertThat(shell.err()).contains("nobody said yes; nothing was changed");
    assertThat(shell.run("release", "mysql://root@db1", Given.LEFT.id(), "--give-up", "--dry-run"))
        .isZero();
    assertThat(shell.out()).contains(".orders");
    assertThat(shell.engine.gaveUp).isEmpty();
    shell.terminal = true;
    shell.answers = "yes\n";
    assertThat(shell.run(line)).isZero();
    assertThat(shell.err()).contains("This DELETES 1 tables of " + Given.LEFT.id());
    assertThat(shell.out()).contains("Gave up " + Given.LEFT.id() + ": 1 table, 3.0 MiB deleted.");
    assertThat(shell.engine.gaveUp).containsExactly(Given.LEFT.id());
    assertThat(shell.engine.released).isEmpty();
  }

  @Test
  void aRestoreUnderFinalNamesKeepsItsTables() {
    shell.engine.unfinished = List.of(Given.left(Unfinished.Kind.BESIDE, false));
    shell.terminal = true;
    shell.answers = "yes\n";
    assertThat(shell.run("release", "mysql://root@db1", Given.LEFT.id(), "--give-up")).isZero();
    assertThat(shell.err()).contains("This forgets the restore").doesNotContain("DELETES");
    assertThat(shell.out()).contains("its note is gone; 1 table, 3.0 MiB that it made stay.");
  }

  @Test
  void whatMayBeOfARunAtWorkIsNotGivenUp() {
    shell.engine.unfinished = List.of(Given.left(Unfinished.Kind.IN_PLACE, true));
    assertThat(shell.run("release", "mysql://root@db1", Given.LEFT.id(), "--give-up", "--yes"))
        .isEqualTo(7);
    assertThat(shell.err()).contains("FB-6001", "nothing was removed");
    assertThat(shell.engine.gaveUp).isEmpty();
  }

  @Test
  void itPutsBack() {
    assertThat(shell.run("release", "mysql://root@db1", Given.KEPT.id(), "--back", "--yes"))
        .isZero();
    assertThat(shell.engine.putBack).containsExactly(Given.KEPT.id());
    assertThat(shell.engine.released).isEmpty();
    assertThat(shell.out()).contains("is kept as " + Given.KEPT_INSTEAD.id());
  }

  @Test
  void anIdThatIsNotThereIsSaid() {
    assertThat(shell.run("release", "mysql://root@db1", "x", "--yes")).isEqualTo(2);
    assertThat(shell.err()).contains("nothing is kept under 'x'");
    assertThat(shell.run("release", "mysql://root@db1", "--back")).isEqualTo(2);
    assertThat(shell.err()).contains("--back needs the id");
    assertThat(shell.run("release", "mysql://root@db1", "--give-up")).isEqualTo(2);
    assertThat(shell.err()).contains("--give-up needs the id");
    assertThat(shell.run("release", "mysql://root@db1", "x", "--give-up", "--yes")).isEqualTo(2);
    assertThat(shell.err()).contains("nothing unfinished is under 'x'");
    assertThat(shell.run("release", "mysql://root@db1", "x", "--give-up", "--back")).isEqualTo(2);
    assertThat(shell.err()).contains("exclude each other");
  }

  @Test
  void aRestoreInPlaceAsksAndTakesNoOptionsThatDoNotFit() {
    String[] line = {"restore", "--to", "mysql://root@db2", "--repo", "r", "--in-place"};
    assertThat(shell.run(line)).isEqualTo(6);
    assertThat(shell.err()).contains("puts aside what the target holds");
    assertThat(shell.engine.restored).isFalse();
    for (List<String> more :
        List.of(
            List.of("--rename", "a=b"),
            List.of("--existing", "replace"),
            List.of("--no-verify"),
            List.of("--where", "id = 1"))) {
      List<String> all = new java.util.ArrayList<>(List.of(line));
      all.addAll(more);
      assertThat(shell.run(all.toArray(String[]::new))).as(more.toString()).isEqualTo(2);
      assertThat(shell.err()).contains("--in-place brings whole tables back");
    }
    assertThat(
            shell.run("restore", "--to", "mysql://root@db2", "--repo", "r", "--existing", "swap"))
        .isEqualTo(2);
    shell.run("restore", "--to", "mysql://root@db2", "--repo", "r", "--in-place", "--yes");
    assertThat(shell.engine.restored).isTrue();
    assertThat(shell.engine.requests.getLast().existing()).isEqualTo(LoadRequest.Existing.SWAP);
  }
}
