package dev.foldback.core.verify;

import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import java.time.Clock;

/** Checks a repository and keeps the outcome with each snapshot that was checked. */
public final class Verify {
  private final Repository repository;
  private final Clock clock;

  public Verify(Repository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  public VerifyReport run(VerifyRequest request, Progress progress) {
    VerifyReport report = repository.verify(request, progress);
    for (VerifyReport.Verdict verdict : report.snapshots()) {
      String detail =
          verdict.good()
              ? report.objects() + " objects"
              : "damaged: " + String.join(", ", verdict.damagedTables());
      repository.record(
          verdict.id(),
          new Proof(
              clock.instant(), report.kind(), verdict.good(), detail, verdict.damagedObjects()));
    }
    return report;
  }
}
