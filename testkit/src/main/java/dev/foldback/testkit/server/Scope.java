package dev.foldback.testkit.server;

import java.util.Map;
import java.util.Set;

/**
 * What a comparison looks at.
 *
 * @param accounts whether users, roles and grants count
 * @param schemas names on the left server; empty for all that are not the server's own
 * @param renames schemas of the left server that have another name on the right one
 */
public record Scope(boolean accounts, Set<String> schemas, Map<String, String> renames) {
  public static final Scope EVERYTHING = new Scope(true, Set.of(), Map.of());

  public Scope {
    schemas = Set.copyOf(schemas);
    renames = Map.copyOf(renames);
  }

  public Scope withoutAccounts() {
    return new Scope(false, schemas, renames);
  }

  public Scope only(String... names) {
    return new Scope(accounts, Set.of(names), renames);
  }

  /** The schema {@code from} of the left server is {@code to} on the right one. */
  public Scope renamed(String from, String to) {
    return new Scope(accounts, schemas, Map.of(from, to));
  }
}
