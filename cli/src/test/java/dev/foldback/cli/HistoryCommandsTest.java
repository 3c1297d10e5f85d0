package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCommandsTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changes --table orders",
        "changes --table shop.",
        "changes --from yesterday",
        "changes --to 2026-03-01T14:05:00",
        "changes --format xml",
        "changes --json --format csv",
        "changes --scratch nowhere",
        "consolidate --at yesterday",
        "consolidate --at 2026-03-01T23:59:59",
        "consolidate --before 2026-03-01T23:59:59Z",
        "consolidate --at 0-1-5 --before 0-1-6",
        "diff latest now --format xml",
        "diff latest now --json --format csv",
        "diff latest now --json --format text",
        "undo",
        "undo --from 2026-03-01T14:05:00Z",
        "undo --to 0-1-5",
        "undo --transaction 5",
        "undo --transaction 0-1-5 --from 0-1-4",
        "undo --transaction 0-1-5 --table shop",
        "undo --transaction 0-1-5 --json",
      })
  void wrongOptionsAreRefusedBeforeAnythingIsOpened(String line) {
    assertThat(shell.run((line + " --repo r").split(" ", -1))).as(line).isEqualTo(2);
    assertThat(shell.opened).isEmpty();
  }

  @Test
  void aScriptOverwritesNoFile() throws Exception {
    Path file = Files.writeString(folder.resolve("there.sql"), "kept");
    assertThat(
            shell.run("undo", "--transaction", "0-1-5", "--repo", "r", "--output", file.toString()))
        .isEqualTo(2);
    assertThat(shell.err()).contains("there.sql is there already");
    assertThat(shell.opened).isEmpty();
  }

  @Test
  void withoutALogThereIsNoHistory() {
    assertThat(shell.run("changes", "shop", "--repo", "r")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1012");
    assertThat(shell.run("undo", "shop", "--transaction", "0-1-5", "--repo", "r")).isEqualTo(2);
    assertThat(shell.err()).contains("FB-1012");
    assertThat(shell.out()).isEmpty();
  }
}
