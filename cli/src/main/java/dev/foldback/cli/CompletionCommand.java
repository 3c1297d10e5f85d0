package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import java.util.EnumSet;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "completion", description = "Prints the completion script for bash, zsh or fish.")
final class CompletionCommand extends FoldbackCommand {
  /** The shells that the script works in. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  Shell shell = Shell.BASH;

  @Spec CommandSpec spec = CommandSpec.create();

  CompletionCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "source <(foldback completion bash)";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.of(ExitStatus.OK, ExitStatus.INTERNAL, ExitStatus.USAGE);
  }

  private String script(CommandLine root) {
    return switch (shell) {
      case BASH -> AutoComplete.bash("foldback", root);
      case ZSH -> "autoload -U +X compinit && compinit\n" + AutoComplete.bash("foldback", root);
      case FISH -> FishCompletion.script("foldback", root);
    };
  }

  @Override
  ExitStatus run(Printer printer) {
    environment.out().print(script(spec.root().commandLine()));
    environment.out().flush();
    return ExitStatus.OK;
  }
}
