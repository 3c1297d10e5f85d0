package dev.foldback.cli.output;

import dev.foldback.cli.output.Meter.Look;
import dev.foldback.core.Finding;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** A plain line every few seconds, for logs. */
final class LineDisplay implements Meter.Display {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintStream err;
  private Instant last = Instant.MIN;

  LineDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public void phaseBegan(Look look) {
    last = look.time();
  }

  @Override
  public void show(Look look) {
    if (Duration.between(last, look.time()).compareTo(EVERY) < 0) {
      return;
    }
    last = look.time();
    String percent = look.percent() < 0 ? "" : "  " + look.percent() + "%";
    String items =
        look.inFlight().isEmpty() ? "" : "  [" + String.join(", ", look.inFlight()) + "]";
    String note = look.note().isEmpty() ? "" : "  " + look.note();
    print(PhaseLine.running(look) + percent + items + note);
  }

  @Override
  public void phaseEnded(Look look) {
    print(PhaseLine.ended(look));
  }

  @Override
  public void finding(Finding finding) {
    err.println(Findings.text(finding, Style.PLAIN));
  }

  @Override
  public void finish() {
    err.flush();
  }

  private void print(String line) {
    err.println(Words.safe(line));
    err.flush();
  }
}
