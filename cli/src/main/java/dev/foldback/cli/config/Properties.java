package dev.foldback.cli.config;

import dev.foldback.cli.config.Property.Kind;
import java.util.List;
import java.util.stream.Stream;

/** Every key that {@code foldback.yaml} may hold. */
final class Properties {
  static final List<String> SECTIONS = List.of("defaults", "repositories", "sources");

  private static final Property REPOSITORY =
      new Property("repository", Kind.TEXT, "The repository to use: a name from repositories.");
  private static final List<Property> TUNING =
      List.of(
          new Property("threads", Kind.COUNT, "How many slices are read or loaded at once."),
          new Property("max-rate", Kind.SIZE, "Limit on reading, in bytes a second, like 50MiB."),
          new Property(
              "max-load",
              Kind.LIMITS,
              "Reading pauses while one of these status values stands above its limit."),
          new Property("lock-wait", Kind.DURATION, "How long to wait for a lock, such as 30s."));

  static final List<Property> DEFAULTS = join(List.of(REPOSITORY), TUNING);

  static final List<Property> REPOSITORIES =
      List.of(
          new Property("url", Kind.TEXT, "A path, or a URL such as s3://bucket/prefix."),
          new Property("key-file", Kind.PATH, "The file with the recovery key."));

  static final List<Property> SOURCES =
      join(
          List.of(
              new Property("url", Kind.TEXT, "Such as mysql://user@host:port/schema."),
              new Property("password", Kind.SECRET, "Best as ${env:NAME} or ${file:PATH}."),
              REPOSITORY,
              new Property("include", Kind.PATTERNS, "Patterns schema or schema.table to back up."),
              new Property("exclude", Kind.PATTERNS, "Patterns to leave out; they win.")),
          TUNING);

  private Properties() {}

  private static List<Property> join(List<Property> first, List<Property> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
