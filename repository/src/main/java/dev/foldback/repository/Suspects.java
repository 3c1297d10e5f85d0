package dev.foldback.repository;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects in the store that are not to be relied on, and what a run found and did about them. Safe
 * for several threads.
 */
final class Suspects {
  private final Set<String> known;
  private final boolean all;
  private final Set<String> avoided = ConcurrentHashMap.newKeySet();
  private final Set<String> replaced = ConcurrentHashMap.newKeySet();

  /**
   * @param known those that a check found damaged
   * @param unreadable those that this run itself had to go past
   * @param all whether nothing that is stored already is relied on
   */
  Suspects(Set<String> known, Set<String> unreadable, boolean all) {
    this.known = new HashSet<>(known);
    this.known.addAll(unreadable);
    this.avoided.addAll(unreadable);
    this.all = all;
  }

  /** Whether a frame in this object must be stored anew. */
  boolean avoid(String object) {
    if (!known.contains(object)) {
      return false;
    }
    avoided.add(object);
    return true;
  }

  /** Whether an object of this name that is there already must be read before it counts. */
  boolean mustBeRead(String object) {
    return all || known.contains(object);
  }

  void replaced(String object) {
    replaced.add(object);
  }

  /** Damaged objects whose content this run stores in others. */
  Set<String> avoided() {
    return avoided;
  }

  /** Damaged objects that hold their bytes again. */
  Set<String> replaced() {
    return replaced;
  }
}
