package dev.foldback.core.verify;

import dev.foldback.core.Finding;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.repository.ProofKeeping;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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
    List<Finding> findings = new ArrayList<>(report.findings());
    for (VerifyReport.Verdict verdict : report.snapshots()) {
      String detail =
          verdict.good()
              ? report.objects() + " objects"
              : "damaged: " + String.join(", ", verdict.damagedTables());
      Proof proof =
          new Proof(
              clock.instant(), report.kind(), verdict.good(), detail, verdict.damagedObjects());
      ProofKeeping.keep(repository, verdict.id(), proof).ifPresent(findings::add);
    }
    return new VerifyReport(
        report.kind(), report.snapshots(), report.objects(), report.storedBytes(), findings);
  }
}
