package dev.foldback.core.repository;

import java.time.Instant;
import java.util.List;

/**
 * What {@code repository.json} says.
 *
 * @param recipients age public keys that objects are sealed to; empty where nothing is sealed
 * @param canOpen whether a recovery key is at hand
 */
public record RepositoryInfo(
    String id, int formatVersion, Instant created, List<String> recipients, boolean canOpen) {
  public RepositoryInfo {
    recipients = List.copyOf(recipients);
  }

  public boolean sealed() {
    return !recipients.isEmpty();
  }
}
