package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.TargetServer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "release",
    description = {
      "Shows what restores in place put aside on a server, and deletes it once it is no longer"
          + " needed. With --back it takes its place again, and what stands there is kept."
    })
final class ReleaseCommand extends FoldbackCommand {
  @Parameters(
      index = "0",
      paramLabel = "SERVER",
      description = "URL of the server, or a name from foldback.yaml.")
  String server = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "What to release; without it, what is kept is shown.")
  @Nullable String id;

  @Option(names = "--back", description = "Put it back instead of deleting it.")
  boolean back;

  @Option(names = "--dry-run", description = "Say it all and change nothing.")
  boolean dryRun;

  @Option(names = "--yes", description = "Don't ask first.")
  boolean yes;

  @Option(names = "--password-file", paramLabel = "FILE", description = "The server's password.")
  @Nullable String passwordFile;

  ReleaseCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback release mysql://root@db1:3306 20261126140501";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.of(
        ExitStatus.OK,
        ExitStatus.INTERNAL,
        ExitStatus.USAGE,
        ExitStatus.SERVER,
        ExitStatus.REFUSED,
        ExitStatus.BUSY,
        ExitStatus.INTERRUPTED);
  }

  @Override
  ExitStatus run(Printer printer) {
    Settings.Server settings = server(server, passwordFile, printer);
    try (TargetServer connected =
        engine(settings.endpoint()).openTarget(ports.complete(settings.endpoint()))) {
      List<KeptTables> all = connected.kept();
      if (id == null) {
        if (back) {
          throw new FoldbackException(
              ErrorCode.USAGE, "--back needs the id of what to put back", "Run it without, first.");
        }
        printer.kept(all);
        return ExitStatus.OK;
      }
      KeptTables kept = find(all, id);
      if (dryRun) {
        printer.kept(List.of(kept));
        return ExitStatus.OK;
      }
      confirm(kept);
      if (back) {
        printer.putBack(kept, watched(printer, progress -> connected.putBack(kept.id(), progress)));
      } else {
        connected.release(kept.id());
        printer.released(kept);
      }
      return ExitStatus.OK;
    }
  }

  private static KeptTables find(List<KeptTables> all, String id) {
    return all.stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.USAGE,
                    "nothing is kept under '" + id + "' on this server",
                    "See what is kept with 'foldback release' without an id."));
  }

  private void confirm(KeptTables kept) {
    if (yes) {
      return;
    }
    String what =
        (back ? "This puts back " : "This DELETES ")
            + kept.tables().size()
            + " tables kept since "
            + kept.at()
            + ".";
    if (!saysYes(what)) {
      throw new FoldbackException(
          ErrorCode.TARGET_NOT_EMPTY,
          "nobody said yes; nothing was changed",
          "Add --yes, or answer yes on a terminal.");
    }
  }
}
