package dev.foldback.repository;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * How to make a repository.
 *
 * @param keyFile where the recovery key goes, a file that does not exist yet; empty to seal nothing
 */
public record InitOptions(Optional<Path> keyFile, Clock clock) {

  /** Everything is sealed; the recovery key goes to the file. */
  public static InitOptions sealed(Path keyFile) {
    return new InitOptions(Optional.of(keyFile), Clock.systemUTC());
  }

  /** Nothing is sealed: who can read the store can read the data. */
  public static InitOptions unsealed() {
    return new InitOptions(Optional.empty(), Clock.systemUTC());
  }
}
