package dev.foldback.core;

/** A value that must never be printed: it shows as asterisks wherever text is made of it. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself. Call it only where it leaves for the server or the store. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "********";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
