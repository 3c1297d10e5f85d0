package dev.foldback.cli.output;

import dev.foldback.cli.output.Meter.Look;
import dev.foldback.core.Finding;
import java.io.PrintStream;

/** Only what is wrong. */
final class QuietDisplay implements Meter.Display {
  private final PrintStream err;

  QuietDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public void phaseBegan(Look look) {}

  @Override
  public void show(Look look) {}

  @Override
  public void phaseEnded(Look look) {}

  @Override
  public void finding(Finding finding) {
    if (finding.severity() == Finding.Severity.ERROR) {
      err.println(Findings.text(finding, Style.PLAIN));
    }
  }

  @Override
  public void finish() {}
}
