package dev.foldback.cli.config;

import dev.foldback.core.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What {@code foldback.yaml} says.
 *
 * @param file where it was read from; empty where there is none
 * @param repository the default one's name
 * @param tuning for sources that do not say otherwise
 * @param homes the repository that each source names, which can be asked for without the source's
 *     password
 */
public record Configuration(
    Optional<Path> file,
    Optional<String> repository,
    Tuning tuning,
    Entries<RepositoryEntry> repositories,
    Entries<SourceEntry> sources,
    Entries<Optional<String>> homes) {
  public static final Configuration NONE =
      new Configuration(
          Optional.empty(),
          Optional.empty(),
          Tuning.NONE,
          new Entries<>(),
          new Entries<>(),
          new Entries<>());

  /** A repository under a name. */
  public record RepositoryEntry(String url, Optional<Path> keyFile) {}

  /** A server under a name. */
  public record SourceEntry(
      String url,
      Optional<Secret> password,
      Optional<String> repository,
      List<String> include,
      List<String> exclude,
      Tuning tuning) {
    public SourceEntry {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }
  }

  /**
   * How hard to work.
   *
   * @param maxRate bytes a second
   * @param maxLoad names of status values with their limits; empty where nothing is said
   */
  public record Tuning(
      OptionalInt threads,
      OptionalLong maxRate,
      Map<String, Long> maxLoad,
      Optional<Duration> lockWait) {
    public static final Tuning NONE =
        new Tuning(OptionalInt.empty(), OptionalLong.empty(), Map.of(), Optional.empty());

    public Tuning {
      maxLoad = Map.copyOf(maxLoad);
    }

    /** This, and the other where this says nothing. */
    public Tuning or(Tuning other) {
      return new Tuning(
          threads.isPresent() ? threads : other.threads,
          maxRate.isPresent() ? maxRate : other.maxRate,
          maxLoad.isEmpty() ? other.maxLoad : maxLoad,
          lockWait.or(() -> other.lockWait));
    }
  }
}
