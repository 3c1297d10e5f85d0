package dev.foldback.cli.config;

/**
 * One key of {@code foldback.yaml}. Reader, JSON Schema and the message for an unknown key are all
 * made from these.
 */
record Property(String name, Kind kind, String description) {

  /** What a value must look like. */
  enum Kind {
    TEXT,
    /** Never printed. */
    SECRET,
    /** Relative to the folder of the configuration file; {@code ~/} is the home folder. */
    PATH,
    /** A whole number from 1. */
    COUNT,
    /** Such as {@code 50MiB}. */
    SIZE,
    /** Such as {@code 30s}. */
    DURATION,
    /** A list of patterns. */
    PATTERNS,
    /** Names of status values, each with a whole number. */
    LIMITS
  }
}
