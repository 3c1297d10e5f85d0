package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.KeptTables;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.engine.Unfinished;
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
          + " needed. With --back it takes its place again, and what stands there is kept.",
      "Shows, too, what runs left that did not come to their end. With --give-up that is removed:"
          + " tables that a restore in place has loaded beside, or the note of another restore,"
          + " whose tables stay. What may be of a run that is at work is never removed."
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
      description = "What to release; without it, what is kept and what is unfinished is shown.")
  @Nullable String id;

  @Option(names = "--back", description = "Put it back instead of deleting it.")
  boolean back;

  @Option(
      names = "--give-up",
      description = "ID is of a run that did not come to its end, and nobody will go on with it.")
  boolean giveUp;

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
    requireSense();
    Settings.Server settings = server(server, passwordFile, printer);
    try (TargetServer connected =
        engine(settings.endpoint()).openTarget(ports.complete(settings.endpoint()))) {
      if (id == null) {
        printer.kept(connected.kept(), connected.unfinished());
        return ExitStatus.OK;
      }
      return giveUp ? giveUp(connected, id, printer) : release(connected, id, printer);
    }
  }

  private void requireSense() {
    if (id == null && (back || giveUp)) {
      throw usage(
          (back ? "--back" : "--give-up") + " needs the id of what is meant",
          "Run it without, first.");
    }
    if (back && giveUp) {
      throw usage("--back and --give-up exclude each other", "See 'foldback help release'.");
    }
  }

  private ExitStatus release(TargetServer connected, String id, Printer printer) {
    KeptTables kept = find(connected, id);
    if (dryRun) {
      printer.kept(List.of(kept), List.of());
      return ExitStatus.OK;
    }
    confirm(
        (back ? "This puts back " : "This DELETES ")
            + kept.tables().size()
            + " tables kept since "
            + kept.at()
            + ".");
    if (back) {
      printer.putBack(kept, watched(printer, progress -> connected.putBack(kept.id(), progress)));
    } else {
      connected.release(kept.id());
      printer.released(kept);
    }
    return ExitStatus.OK;
  }

  private ExitStatus giveUp(TargetServer connected, String id, Printer printer) {
    Unfinished left =
        connected.unfinished().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    usage(
                        "nothing unfinished is under '" + id + "' on this server",
                        "See what there is with 'foldback release' without an id."));
    if (left.running()) {
      throw new FoldbackException(
          ErrorCode.LEASE_HELD,
          "a run is at work on this server, and '" + id + "' may be of it; nothing was removed",
          "Wait for it to end, or stop it.");
    }
    if (dryRun) {
      printer.kept(List.of(), List.of(left));
      return ExitStatus.OK;
    }
    confirm(
        left.kind() == Unfinished.Kind.BESIDE
            ? "This forgets the restore " + id + "; its " + left.tables().size() + " tables stay."
            : "This DELETES " + left.tables().size() + " tables of " + id + ".");
    printer.gaveUp(connected.giveUp(id));
    return ExitStatus.OK;
  }

  private static KeptTables find(TargetServer connected, String id) {
    return connected.kept().stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                connected.unfinished().stream().anyMatch(each -> each.id().equals(id))
                    ? usage(
                        "'" + id + "' is of a run that did not come to its end",
                        "Run the same command again to go on, or remove it with --give-up.")
                    : usage(
                        "nothing is kept under '" + id + "' on this server",
                        "See what is kept with 'foldback release' without an id."));
  }

  private static FoldbackException usage(String problem, String hint) {
    return new FoldbackException(ErrorCode.USAGE, problem, hint);
  }

  private void confirm(String what) {
    if (!yes && !saysYes(what)) {
      throw new FoldbackException(
          ErrorCode.TARGET_NOT_EMPTY,
          "nobody said yes; nothing was changed",
          "Add --yes, or answer yes on a terminal.");
    }
  }
}
