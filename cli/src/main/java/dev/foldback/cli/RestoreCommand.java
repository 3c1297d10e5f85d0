package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.log.Cut;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.restore.Restore;
import dev.foldback.core.restore.RestoreOptions;
import dev.foldback.core.restore.RestorePlan;
import dev.foldback.core.restore.RestoreResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Brings a server back as it was at a moment, or at a snapshot, then reads every row back and"
          + " compares it. The log between the snapshot and the moment is folded into the rows.",
      "Without --include everything comes, accounts too. Other schemas on the target stay"
          + " untouched; accounts that exist there are left as they are."
    })
final class RestoreCommand extends FoldbackCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The source; may be left out where the repository holds one.")
  @Nullable String name;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description = "URL of the server to restore to, or a name from foldback.yaml.")
  String target = "";

  @Mixin RepositoryOptions repository = new RepositoryOptions();
  @Mixin SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description =
          "An id from 'foldback list', or latest: that snapshot alone, without the log after it.")
  @Nullable String snapshot;

  @Mixin MomentOptions moment = new MomentOptions();

  @Mixin WorkFolderOption workFolder = new WorkFolderOption();

  @Option(
      names = "--where",
      paramLabel = "KEYS",
      description =
          "Only rows of these keys, of the one table that --include names: such as \"id = 42\","
              + " \"id IN (1, 2)\" or \"a = 1 AND b BETWEEN 10 AND 20\", with columns of its key.")
  @Nullable String where;

  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description = "Bring a schema or schema.table under another name. May be repeated.")
  List<String> renames = new ArrayList<>();

  @Option(
      names = "--existing",
      paramLabel = "WHAT",
      defaultValue = "refuse",
      completionCandidates = ExistingChoices.class,
      description =
          "What to do with tables that are there: refuse (the default), replace (drop them) or"
              + " skip.")
  Existing existing = Existing.REFUSE;

  @Option(
      names = "--in-place",
      description =
          "Load beside what is there, compare, then let the tables change places at once. What was"
              + " there is kept on the server until 'foldback release'.")
  boolean inPlace;

  @Option(names = "--yes", description = "Don't ask before replacing or changing places.")
  boolean yes;

  @Option(names = "--no-verify", description = "Don't read back and compare.")
  boolean noVerify;

  @Option(names = "--threads", paramLabel = "N", description = "How many tables to load at once.")
  @Nullable Integer threads;

  @Option(names = "--password-file", paramLabel = "FILE", description = "The target's password.")
  @Nullable String passwordFile;

  /** Restores in place have an option of their own. */
  static final class ExistingChoices extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    ExistingChoices() {
      super(List.of("refuse", "replace", "skip"));
    }
  }

  RestoreCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback restore --to mysql://root@db2:3306 --repo /backups/shop --key-file ~/shop.key";
  }

  @Override
  Set<ExitStatus> statuses() {
    return EnumSet.allOf(ExitStatus.class);
  }

  @Override
  ExitStatus run(Printer printer) {
    checkInPlace();
    Settings.Server server = server(target, passwordFile, printer);
    RestoreOptions options =
        new RestoreOptions(
            text(name).map(SourceName::new),
            ShowCommand.id(snapshot),
            cut(),
            workFolder.path(ports.workFolder()),
            selection.selection(),
            RenameOption.parse(renames),
            inPlace ? Existing.SWAP : existing,
            threads(threads, server),
            !noVerify,
            text(where));
    refuseSchema(server);
    try (Repository opened = open(place(repository, name), printer);
        TargetServer connected =
            engine(server.endpoint()).openTarget(ports.complete(server.endpoint()))) {
      Restore restore =
          new Restore(opened, engine(server.endpoint()), connected, environment.clock());
      try (RestorePlan plan = watched(printer, progress -> restore.plan(options, progress))) {
        printer.planned(plan, server.endpoint() + ", " + connected.info().version());
        confirm(plan);
        RestoreResult result = watched(printer, progress -> restore.run(plan, progress));
        printer.restored(result);
        return result.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
      }
    }
  }

  private Cut cut() {
    if (snapshot != null && moment.isGiven()) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--snapshot restores that snapshot alone; --at and --before choose theirs themselves",
          "Leave one of them out.");
    }
    return moment.cut();
  }

  private void checkInPlace() {
    if (existing == Existing.SWAP) {
      throw new FoldbackException(
          ErrorCode.USAGE, "--existing is refuse, replace or skip", "Use --in-place.");
    }
    boolean other = existing != Existing.REFUSE || !renames.isEmpty() || where != null;
    if (inPlace && (other || noVerify)) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "--in-place brings whole tables back under their own names, compared",
          "Leave --existing, --rename, --where and --no-verify out.");
    }
  }

  private static void refuseSchema(Settings.Server server) {
    if (server.endpoint().schema() != null) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "a target's URL takes no schema; it would not say which schema is meant",
          "Use --include SCHEMA, and --rename OLD=NEW to bring it under another name.");
    }
  }

  /** Replacing drops tables: somebody must have said so, here or with the command. */
  private void confirm(RestorePlan plan) {
    boolean refused =
        plan.load().findings().stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    if ((existing != Existing.REPLACE && !inPlace) || yes || refused) {
      return;
    }
    String question =
        inPlace
            ? "This lets the tables above change places on the target."
            : "This DROPS the tables above on the target first.";
    if (!saysYes(question)) {
      throw new FoldbackException(
          ErrorCode.TARGET_NOT_EMPTY,
          (inPlace
                  ? "this puts aside what the target holds under these names"
                  : "replacing drops what the target holds under these names")
              + ", and nobody said yes; nothing was changed",
          "Add --yes, or answer yes on a terminal.");
    }
  }
}
