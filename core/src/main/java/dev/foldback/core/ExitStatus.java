package dev.foldback.core;

/** The exit status of the command line, a class of errors each. */
public enum ExitStatus {
  OK(0, "done"),
  INTERNAL(1, "a defect in Foldback, or an error it does not know"),
  USAGE(2, "wrong options, configuration or names; nothing was done"),
  SERVER(3, "the database server refused, failed or was not reached"),
  STORE(4, "the repository or its store refused, failed or was not reached"),
  DAMAGE(5, "data is missing, damaged or differs"),
  REFUSED(6, "stopped before doing something unsafe; nothing was changed"),
  BUSY(7, "another run holds the lease; try again later"),
  INCOMPLETE(8, "done, but something is missing that was named: see its warnings"),
  INTERRUPTED(130, "stopped by a signal");

  private final int status;
  private final String meaning;

  ExitStatus(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  public int status() {
    return status;
  }

  public String meaning() {
    return meaning;
  }
}
