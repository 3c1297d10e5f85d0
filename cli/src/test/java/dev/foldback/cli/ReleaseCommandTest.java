package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.engine.LoadRequest;
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
