package dev.foldback.cli;

import dev.foldback.cli.config.Settings;
import dev.foldback.cli.output.Printer;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.ExitStatus;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.moment.History;
import dev.foldback.core.moment.HistoryOptions;
import dev.foldback.core.moment.HistorySummary;
import dev.foldback.core.moment.Undo;
import dev.foldback.core.repository.Repository;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "undo",
    description = {
      "Writes the SQL that takes exactly these changes back, newest first, in one transaction. It"
          + " is never run by Foldback: read it, then give it to the mysql or mariadb client.",
      "The script fails and changes nothing where a row is not as the change left it."
    })
final class UndoCommand extends HistoryCommand {
  @Option(
      names = "--transaction",
      paramLabel = "GTID",
      description = "This transaction alone, in place of --from and --to.")
  @Nullable String transaction;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "A new file for the script; else it goes to standard output.")
  @Nullable String output;

  UndoCommand(Environment environment, Ports ports) {
    super(environment, ports);
  }

  @Override
  String example() {
    return "foldback undo --transaction 0-1-4711 --repo /backups/shop --output undo.sql";
  }

  @Override
  ExitStatus read(Printer printer) {
    check();
    Optional<Settings.Server> scratch = scratch(printer);
    try (Repository opened = open(place(repository, name), printer)) {
      SourceName source = HistoryArguments.source(opened, text(name));
      DatabaseEngine engine = HistoryArguments.engine(opened, source, ports.engines());
      HistoryOptions options = options(opened, source);
      History found = watched(printer, progress -> History.open(opened, engine, options, progress));
      try (Undo undo = new Undo(engine, found, options.workFolder())) {
        HistorySummary told = tell(found, scratch, undo, printer);
        undo.refuseGaps(told);
        write(undo, source);
        undo.findings().forEach(printer::warning);
        printer.undoWritten(source, told, undo, Optional.ofNullable(output).map(Path::of));
        return undo.findings().isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
      }
    }
  }

  private void check() {
    if (transaction != null && (history.from != null || history.to != null)) {
      throw HistoryArguments.usage("--transaction and --from or --to exclude each other");
    }
    if (transaction == null && (history.from == null || history.to == null)) {
      throw HistoryArguments.usage("say what to take back: --transaction GTID, or --from and --to");
    }
    if (transaction != null && !MomentOptions.isGtid(transaction)) {
      throw HistoryArguments.usage("'" + transaction + "' is no GTID");
    }
    if (common.json && output == null) {
      throw HistoryArguments.usage("with --json the script needs a file of its own: --output FILE");
    }
    if (output != null && Files.exists(Path.of(output))) {
      throw HistoryArguments.usage(output + " is there already and is not overwritten");
    }
    history.table();
    history.from();
    history.to();
  }

  private HistoryOptions options(Repository opened, SourceName source) {
    return transaction == null
        ? history.options(opened, Optional.of(source.value()), ports.workFolder())
        : HistoryOptions.transaction(
            source, transaction, history.table(), history.workFolder(ports.workFolder()));
  }

  private void write(Undo undo, SourceName source) {
    String what =
        transaction != null ? "transaction " + transaction : history.from + " to " + history.to;
    List<String> words =
        List.of(
            "Takes back " + what + " of " + source + ".",
            undo.changes() + " changes of rows, newest first, in one transaction.",
            "Each must find its row as the change left it; else the client stops with the error",
            "'Duplicate entry ... is not as the change left it', and nothing is changed.",
            "Run it with the mysql or mariadb client, without --force:  mysql ... < this-file");
    try (OutputStream out = sink()) {
      undo.write(words, out);
    } catch (IOException e) {
      throw new FoldbackException(
          ErrorCode.USAGE,
          "the script can't be written: " + e.getMessage(),
          "Name another file with --output.",
          e);
    }
  }

  private OutputStream sink() throws IOException {
    return output == null
        ? new BufferedOutputStream(new Unclosed(environment.out()), 1 << 16)
        : new BufferedOutputStream(
            Files.newOutputStream(Path.of(output), StandardOpenOption.CREATE_NEW), 1 << 16);
  }

  /** Standard output stays open. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
