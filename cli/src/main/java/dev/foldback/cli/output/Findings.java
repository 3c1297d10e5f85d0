package dev.foldback.cli.output;

import dev.foldback.core.Finding;

/** A finding as text. */
final class Findings {
  private Findings() {}

  static String text(Finding finding, Style style) {
    String word =
        switch (finding.severity()) {
          case INFO -> "note";
          case WARNING -> style.yellow("warning");
          case ERROR -> style.red("error");
        };
    String subject = finding.subject().isEmpty() ? "" : finding.subject() + ": ";
    String hint = finding.hint().isEmpty() ? "" : "\n  hint: " + finding.hint();
    return word + " " + finding.code() + " " + Words.safe(subject + finding.message() + hint);
  }
}
