package dev.foldback.cli.output;

import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.repository.VerifyReport;

/** What a verification found. */
final class VerifyText {
  private VerifyText() {}

  static String of(VerifyReport report, RepositoryInfo info, Style style) {
    StringBuilder text = new StringBuilder();
    report.findings().forEach(f -> text.append(Findings.text(f, style)).append('\n'));
    for (VerifyReport.Verdict verdict : report.snapshots()) {
      text.append(verdict.good() ? style.green("good    ") : style.red("DAMAGED "))
          .append(verdict.id());
      if (!verdict.damagedTables().isEmpty()) {
        text.append(Words.safe(": can't restore " + String.join(", ", verdict.damagedTables())));
      }
      text.append('\n');
    }
    text.append("Checked ")
        .append(Words.count(report.objects(), "object"))
        .append(", ")
        .append(Words.bytes(report.storedBytes()))
        .append(": ")
        .append(Terms.kind(report.kind()))
        .append(report.good() ? ". All good.\n" : ". DAMAGE was found.\n");
    if (info.sealed() && report.kind().equals("bytes")) {
      text.append("Without the recovery key (--key-file) the rows themselves were not opened.\n");
    }
    return text.toString();
  }
}
