package dev.foldback.core;

/**
 * Something a person should know, found before or during work.
 *
 * @param severity how bad it is
 * @param code stable, for machines
 * @param subject what it is about, such as {@code shop.orders} or {@code user 'app'@'%'}
 * @param message what was found and what it means for the data
 * @param hint what to do, with the exact statement or option; empty where nothing is needed
 */
public record Finding(Severity severity, String code, String subject, String message, String hint) {

  /** How bad a finding is. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** The result is right but lacks something that was named. */
    WARNING,
    /** The work can't start, or its result must not be used. */
    ERROR
  }

  public static Finding info(String code, String subject, String message) {
    return new Finding(Severity.INFO, code, subject, message, "");
  }

  public static Finding warning(String code, String subject, String message, String hint) {
    return new Finding(Severity.WARNING, code, subject, message, hint);
  }

  public static Finding error(String code, String subject, String message, String hint) {
    return new Finding(Severity.ERROR, code, subject, message, hint);
  }
}
