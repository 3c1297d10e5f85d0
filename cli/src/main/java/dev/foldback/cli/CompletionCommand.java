package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.ExitStatus;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "completion", description = "Prints the completion script for bash or zsh.")
final class CompletionCommand extends FoldbackCommand {
  /** The shells that the script works in. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
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
  ExitStatus run(Printer printer) {
    if (shell == Shell.ZSH) {
      environment.out().println("autoload -U +X compinit && compinit");
    }
    environment.out().print(AutoComplete.bash("foldback", spec.root().commandLine()));
    environment.out().flush();
    return ExitStatus.OK;
  }
}
