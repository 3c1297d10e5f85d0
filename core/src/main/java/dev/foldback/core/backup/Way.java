package dev.foldback.core.backup;

import dev.foldback.core.Origin;

/** How a new restore point is made. */
public enum Way {
  /** A snapshot; every frame is stored. */
  FULL("full"),
  /** A snapshot that reads everything and stores the frames that are new. */
  DIFFERENTIAL("differential"),
  /** The last snapshot stays the base, and the log is stored up to now. */
  LOG("log");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  /** As options and JSON say it. */
  public String word() {
    return word;
  }

  /** What a restore point that is made in this way records. */
  public Origin because(String reason) {
    return new Origin(word, reason);
  }
}
