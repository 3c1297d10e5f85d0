package dev.foldback.cli;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.Cut;
import dev.foldback.core.moment.HistoryOptions;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.restore.SnapshotChoice;
import dev.foldback.core.restore.SourceChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of a source's history is meant. */
final class HistoryArguments {
  private static final String MOMENT =
      " a time with its zone, such as 2026-03-01T14:05:00Z, a GTID, or a place of the log as"
          + " FILE:OFFSET.";

  @Option(
      names = "--table",
      paramLabel = "SCHEMA.TABLE",
      description = "What happened to this table alone.")
  @Nullable String table;

  @Option(names = "--from", paramLabel = "MOMENT", description = "What happened after it:" + MOMENT)
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "MOMENT",
      description = "What happened up to it and with it, in the same form; else up to now.")
  @Nullable String to;

  @Mixin ScratchOptions scratch = new ScratchOptions();
  @Mixin WorkFolderOption work = new WorkFolderOption();

  Optional<TableName> table() {
    if (table == null) {
      return Optional.empty();
    }
    int dot = table.indexOf('.');
    if (dot < 1 || dot == table.length() - 1) {
      throw usage("--table takes SCHEMA.TABLE, not '" + table + "'");
    }
    return Optional.of(new TableName(table.substring(0, dot), table.substring(dot + 1)));
  }

  Optional<Cut> from() {
    return Optional.ofNullable(from).map(text -> MomentOptions.moment(text.strip()));
  }

  Cut to() {
    return to == null ? new Cut.End() : MomentOptions.moment(to.strip());
  }

  HistoryOptions options(Repository repository, Optional<String> name, Path usualFolder) {
    return new HistoryOptions(
        source(repository, name), from(), to(), table(), workFolder(usualFolder));
  }

  Path workFolder(Path usual) {
    return work.path(usual);
  }

  static SourceName source(Repository repository, Optional<String> name) {
    return SourceChoice.choose(repository.snapshots(), name.map(SourceName::new));
  }

  /** The engine of the family that the source's newest snapshot is of. */
  static DatabaseEngine engine(
      Repository repository, SourceName source, List<DatabaseEngine> engines) {
    String family =
        SnapshotChoice.choose(repository.snapshots(), Optional.of(source), Optional.empty())
            .server()
            .family();
    return engines.stream()
        .filter(engine -> engine.schemes().contains(family))
        .findFirst()
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.SERVER_UNSUPPORTED,
                    "snapshots of " + source + " are of '" + family + "', which has no engine here",
                    "Use the Foldback that made them, or a newer one."));
  }

  static FoldbackException usage(String problem) {
    return new FoldbackException(
        ErrorCode.USAGE, problem, "See 'foldback help changes' and 'foldback help undo'.");
  }
}
