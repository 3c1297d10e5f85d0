package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/** What the work found so far; each is told at once. Safe for several threads. */
final class Findings {
  private final Progress progress;
  private final List<Finding> all = new ArrayList<>();
  private final List<Finding> missing = new ArrayList<>();

  Findings(Progress progress) {
    this.progress = progress;
  }

  synchronized void add(Finding finding) {
    all.add(finding);
    progress.finding(finding);
  }

  /** Something that should be on the target and is not. */
  synchronized void addMissing(Finding finding) {
    missing.add(finding);
    add(finding);
  }

  synchronized List<Finding> all() {
    return List.copyOf(all);
  }

  synchronized List<Finding> missing() {
    return List.copyOf(missing);
  }
}
