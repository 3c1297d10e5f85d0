package dev.foldback.cli.output.changes;

import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.moment.HistoryListener;
import java.io.PrintStream;
import java.time.Clock;

/** Writes what it hears. */
public interface ChangeOutput extends HistoryListener {

  /** Nothing more comes. */
  void end();

  /**
   * For people.
   *
   * @param summary counts alone
   */
  static ChangeOutput text(PrintStream out, DatabaseEngine engine, boolean summary) {
    Lines lines = new Lines(out);
    ChangeFormat format = new TextFormat(lines);
    return summary ? new ChangeCounts(format, lines) : new ChangeRows(format, lines, engine);
  }

  /** A JSON object a line; see docs/json.md. */
  static ChangeOutput json(PrintStream out, Clock clock, DatabaseEngine engine, boolean summary) {
    Lines lines = new Lines(out);
    ChangeFormat format = new JsonFormat(lines, clock);
    return summary ? new ChangeCounts(format, lines) : new ChangeRows(format, lines, engine);
  }

  /** As RFC 4180 has it. */
  static ChangeOutput csv(PrintStream out, DatabaseEngine engine, boolean summary) {
    Lines lines = new Lines(out);
    ChangeFormat format = new CsvFormat(lines, summary);
    return summary ? new ChangeCounts(format, lines) : new ChangeRows(format, lines, engine);
  }
}
