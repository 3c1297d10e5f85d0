package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramTest {
  @TempDir Path folder = Path.of("");
  private Shell shell = new Shell(folder);

  @BeforeEach
  void shell() {
    shell = new Shell(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "init       | 0 1 2 4 5 130",
        "backup     | 0 1 2 3 4 5 6 7 130",
        "list       | 0 1 2 4 5 130",
        "show       | 0 1 2 4 5 130",
        "restore    | 0 1 2 3 4 5 6 7 8 130",
        "verify     | 0 1 2 4 5 130",
        "prune      | 0 1 2 4 5 6 7 130",
        "capture    | 0 1 2 3 4 5 6 7 130",
        "changes    | 0 1 2 3 4 5 6 8 130",
        "undo       | 0 1 2 3 4 5 6 8 130",
        "diff       | 0 1 2 3 4 5 6 130",
        "consolidate| 0 1 2 3 4 5 6 7 130",
        "release    | 0 1 2 3 6 7 130",
        "completion | 0 1 2",
        "version    | 0 1 2",
        "help       | 0 1 2",
        "''         | 0 1 2 3 4 5 6 7 8 130",
      })
  void everyHelpListsTheExitStatusesThatCanBeAndAnExample(String command, String statuses) {
    String[] line = command.isEmpty() ? new String[] {"help"} : new String[] {"help", command};
    assertThat(shell.run(line)).isZero();
    assertThat(shell.out()).contains("Example:\n  ");
    String list = shell.out().replaceAll("(?s).*Exit status:|Example:.*", "");
    assertThat(Pattern.compile("(?m)^ *([0-9]+) ").matcher(list).results().map(r -> r.group(1)))
        .containsExactly(statuses.split(" ", -1));
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
  void bashLoadsTheScriptAndCompletesByIt() throws Exception {
    assertThat(shell.run("completion", "bash")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), shell.out());
    assertThat(bash("-n", script.toString())).isEmpty();
    String complete =
        """
        source "$1"
        compopt() { :; } # works under readline alone
        COMP_WORDS=(foldback verify --q)
        COMP_CWORD=2
        $(complete -p foldback | sed 's/.*-F \\([^ ]*\\).*/\\1/') foldback --q verify
        printf '%s\n' "${COMPREPLY[@]}"
        COMP_WORDS=(foldback res)
        COMP_CWORD=1
        $(complete -p foldback | sed 's/.*-F \\([^ ]*\\).*/\\1/') foldback res foldback
        printf '%s\n' "${COMPREPLY[@]}"
        """;
    assertThat(bash("-c", complete, "bash", script.toString()).lines())
        .containsExactlyInAnyOrder("--quick", "--quiet", "restore");
  }

  /** What bash says, its errors too. */
  private static String bash(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void fishCompletesCommandsOptionsAndFewValues() {
    assertThat(shell.run("completion", "fish")).isZero();
    assertThat(shell.out().lines()).allMatch(line -> line.startsWith("complete -c foldback "));
    for (String command :
        new String[] {
          "init",
          "backup",
          "list",
          "show",
          "restore",
          "verify",
          "consolidate",
          "prune",
          "changes",
          "diff",
          "undo"
        }) {
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
