package dev.foldback.core.engine;

/** Edits that are of another value. Whoever knows where both came from makes an error of it. */
public final class UnfitEditsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what does not fit, with nothing of the value itself
   */
  public UnfitEditsException(String message) {
    super(message);
  }
}
