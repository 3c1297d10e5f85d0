package dev.foldback.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, one {@code complete} a command and an option; picocli makes none. */
final class FishCompletion {
  private FishCompletion() {}

  static String script(String program, CommandLine root) {
    String complete = "complete -c " + program;
    List<String> lines = new ArrayList<>(List.of(complete + " -f"));
    root.getCommandSpec()
        .options()
        .forEach(o -> lines.add(complete + " -n __fish_use_subcommand" + option(o)));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              CommandSpec spec = command.getCommandSpec();
              lines.add(complete + " -n __fish_use_subcommand -a " + name + described(about(spec)));
              String inside = complete + " -n '__fish_seen_subcommand_from " + name + "'";
              spec.options().forEach(o -> lines.add(inside + option(o)));
              spec.positionalParameters().stream()
                  .filter(p -> !values(p).isEmpty())
                  .forEach(p -> lines.add(inside + values(p) + described(text(p))));
            });
    return String.join("\n", lines) + "\n";
  }

  private static String option(OptionSpec option) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      words.append(" -r").append(values(option).isEmpty() ? " -F" : values(option));
    }
    return words + described(text(option));
  }

  /** The words an argument may be, where they are few. */
  private static String values(ArgSpec argument) {
    if (argument.completionCandidates() == null) {
      return "";
    }
    List<String> words = new ArrayList<>();
    argument.completionCandidates().forEach(words::add);
    return words.isEmpty() ? "" : " -a " + quoted(String.join(" ", words).toLowerCase(Locale.ROOT));
  }

  private static String about(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description());
  }

  private static String text(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String described(String text) {
    return text.isEmpty() ? "" : " -d " + quoted(text.replace("%n", " ").replace("%%", "%"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
