package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"init", "backup", "list", "show", "restore", "verify", "prune", "completion"})
  void everyCommandsHelpListsItsExitStatusesAndAnExample(String command) {
    assertThat(shell.run(command, "--help")).isZero();
    assertThat(shell.out()).contains("Example:\n  ").contains("Exit status:").contains("130");
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(shell.out()).containsPattern("(?m)^ *" + status.status() + " ");
    }
  }

  @Test
  void withoutACommandTheHelpIsPrintedAsAnError() {
    assertThat(shell.run()).isEqualTo(2);
    assertThat(shell.err()).contains("backup").contains("restore");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorHasItsCodeMeaningHintAndStatus(ErrorCode code) {
    shell.repository.failure =
        Optional.of(new FoldbackException(code, "it broke; nothing is lost", "Mend it."));
    assertThat(shell.run("list", "--repo", "r")).isEqualTo(code.exit().status());
    assertThat(shell.err())
        .startsWith("error " + code.code() + ": it broke; nothing is lost\n")
        .containsIgnoringCase(code.exit().meaning())
        .contains("hint: Mend it.");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void withJsonAnErrorIsAnObject() {
    shell.repository.failure =
        Optional.of(new FoldbackException(ErrorCode.STORE_FULL, "no space", "Make some."));
    assertThat(shell.run("list", "--repo", "r", "--json")).isEqualTo(4);
    var error = shell.json().getLast();
    assertThat(error.get("type").asText()).isEqualTo("error");
    assertThat(error.get("code").asText()).isEqualTo("FB-3004");
    assertThat(error.get("exitStatus").asInt()).isEqualTo(4);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void wrongOptionsAreAnErrorLikeAnyOther() {
    assertThat(shell.run("list", "--rpeo", "x")).isEqualTo(2);
    assertThat(shell.err()).contains("error FB-1001: ").contains("--rpeo").contains("help list");
    assertThat(shell.run("list", "--rpeo", "x", "--json")).isEqualTo(2);
    assertThat(shell.json().getLast().get("code").asText()).isEqualTo("FB-1001");
  }

  @Test
  void aDefectSaysSoAndShowsWhere() {
    shell.repository.failure = Optional.of(new IllegalStateException("impossible"));
    assertThat(shell.run("list", "--repo", "r")).isEqualTo(1);
    assertThat(shell.err()).contains("error FB-9999").contains("impossible").contains("at dev.");
  }

  @Test
  void aRepositoryIsClosedWhateverHappens() {
    shell.repository.failure = Optional.of(new IllegalStateException("impossible"));
    shell.run("list", "--repo", "r");
    assertThat(shell.repository.closed).isTrue();
  }

  @Test
  void aPasswordInAUrlIsWarnedOfAndNeverShown() {
    assertThat(shell.run("backup", "mysql://u:s3cret@db1", "--repo", "r")).isZero();
    assertThat(shell.err()).contains("password-in-url").doesNotContain("s3cret");
    shell.run("backup", "mysql://u:s3cret@db1", "mysql://u:s3cret@db2", "--repo", "r");
    assertThat(shell.err()).contains("FB-1001").doesNotContain("s3cret");
    shell.run("list", "mysql://u:s3cret@db1");
    assertThat(shell.err()).contains("FB-1001").doesNotContain("s3cret");
  }

  @Test
  void completionNamesEveryCommand() {
    assertThat(shell.run("completion", "bash")).isZero();
    assertThat(shell.out()).contains("backup").contains("--key-file").contains("complete -F");
    assertThat(shell.run("completion", "zsh")).isZero();
    assertThat(shell.out()).contains("compinit");
  }

  @Test
  void fishCompletesCommandsOptionsAndFewValues() {
    assertThat(shell.run("completion", "fish")).isZero();
    assertThat(shell.out().lines()).allMatch(line -> line.startsWith("complete -c foldback "));
    for (String command :
        new String[] {"init", "backup", "list", "show", "restore", "verify", "prune"}) {
      assertThat(shell.out())
          .contains("complete -c foldback -n __fish_use_subcommand -a " + command + " -d '")
          .contains("-n '__fish_seen_subcommand_from " + command + "' -l repo -r -F -d '");
    }
    assertThat(shell.out())
        .contains("-n '__fish_seen_subcommand_from verify' -l quick -d '")
        .contains("-n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'");
    for (String line : shell.out().lines().toList()) {
      String outside = line.replace("\\'", "").replaceAll("'[^']*'", "");
      assertThat(outside).as(line).doesNotContain("'").doesNotContainPattern("[$;&|()]");
    }
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(shell.run("--version")).isZero();
    assertThat(shell.out()).startsWith("foldback ");
    assertThat(shell.run("version")).isZero();
    assertThat(shell.out()).startsWith("foldback ");
  }

  @Test
  void aMisspeltCommandIsNamedWithTheRightOneThoughAUrlFollows() {
    assertThat(shell.run("bakcup", "mysql://u:s3cr'et@db1")).isEqualTo(2);
    assertThat(shell.err())
        .contains("'bakcup'", "did you mean 'backup'?")
        .doesNotContain("s3cr", "et@db1");
  }
}
