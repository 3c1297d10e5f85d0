package dev.foldback.testkit;

/** Where the chance in a test comes from. A failure names it, to be fed back. */
public final class Seed {
  private Seed() {}

  /** Another at each call, or what {@code -Dfoldback.seed=} says. */
  public static long next() {
    return orElse(System.nanoTime());
  }

  /** The same at each run, unless {@code -Dfoldback.seed=} says another. */
  public static long orElse(long usual) {
    return Long.getLong("foldback.seed", usual);
  }
}
