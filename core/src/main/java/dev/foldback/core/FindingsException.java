package dev.foldback.core;

import java.util.List;
import java.util.stream.Collectors;

/** Work that can't go on because of findings; each carries its own message and hint. */
public final class FindingsException extends FoldbackException {
  private final List<Finding> findings;

  private FindingsException(ErrorCode code, String message, String hint, List<Finding> findings) {
    super(code, message, hint);
    this.findings = List.copyOf(findings);
  }

  /** Only the errors that stand in the way. */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * Throws where a finding is an ERROR. The code is the first error's own where it is one of {@link
   * ErrorCode}.
   *
   * @param otherwise the code for findings that carry none
   * @param meaning what it means for the data, such as {@code nothing was read}
   */
  public static void throwIfAny(List<Finding> findings, ErrorCode otherwise, String meaning) {
    List<Finding> errors =
        findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    if (errors.isEmpty()) {
      return;
    }
    ErrorCode code = ErrorCode.find(errors.getFirst().code()).orElse(otherwise);
    String text =
        errors.stream()
            .map(f -> f.subject().isEmpty() ? f.message() : f.subject() + ": " + f.message())
            .collect(Collectors.joining("\n  "));
    String hints =
        errors.stream()
            .map(Finding::hint)
            .filter(h -> !h.isEmpty())
            .distinct()
            .collect(Collectors.joining("\n  "));
    String many = errors.size() == 1 ? text : errors.size() + " problems:\n  " + text;
    throw new FindingsException(code, many + "\n" + meaning, hints, errors);
  }
}
