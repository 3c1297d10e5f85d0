package dev.foldback.cli.output;

import dev.foldback.cli.output.Meter.Look;
import dev.foldback.core.Finding;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Redraws a few lines in place on a terminal. Ended phases stay above as a line each. */
final class LiveDisplay implements Meter.Display {
  private static final int BAR = 12;

  private final PrintStream err;
  private final Style style;
  private final IntSupplier width;
  private int drawn;

  LiveDisplay(PrintStream err, Style style, IntSupplier width) {
    this.err = err;
    this.style = style;
    this.width = width;
  }

  @Override
  public void phaseBegan(Look look) {
    show(look);
  }

  @Override
  public void show(Look look) {
    draw(lines(look), false);
  }

  @Override
  public void phaseEnded(Look look) {
    draw(List.of(PhaseLine.ended(look)), true);
  }

  @Override
  public void finding(Finding finding) {
    draw(List.of(), true);
    err.println(Findings.text(finding, style));
    err.flush();
  }

  @Override
  public void finish() {
    draw(List.of(), true);
  }

  private List<String> lines(Look look) {
    List<String> lines = new ArrayList<>();
    String bar = look.percent() < 0 ? "" : bar(look.percent()) + " ";
    lines.add(bar + PhaseLine.running(look));
    int room = Math.max(20, width.getAsInt());
    if (!look.inFlight().isEmpty()) {
      lines.add("  " + Words.safe(items(look.inFlight(), room - 4)));
    }
    if (!look.note().isEmpty()) {
      lines.add("  " + Words.safe(look.note()));
    }
    return lines;
  }

  private static String items(List<String> items, int room) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String next = (i == 0 ? "" : ", ") + items.get(i);
      if (i > 0 && text.length() + next.length() > room - 10) {
        return text.append(" and ").append(items.size() - i).append(" more").toString();
      }
      text.append(next);
    }
    return text.toString();
  }

  private static String bar(int percent) {
    int full = percent * BAR / 100;
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + percent + "%";
  }

  /** Over what was drawn before; lines that stay are not drawn over again. */
  private void draw(List<String> lines, boolean stay) {
    StringBuilder out = new StringBuilder();
    if (drawn > 0) {
      out.append("\033[").append(drawn).append('A');
    }
    out.append("\r\033[J");
    int room = Math.max(20, width.getAsInt()) - 1;
    for (String line : lines) {
      out.append(Words.cut(line, room)).append('\n');
    }
    drawn = stay ? 0 : lines.size();
    err.print(out);
    err.flush();
  }
}
