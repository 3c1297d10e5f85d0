package dev.foldback.cli.config;

import dev.foldback.cli.config.Interpolation.Unresolved;
import dev.foldback.core.FoldbackException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Entries by name. A reference in one that leads nowhere, such as to a variable that is not set,
 * fails who asks for that entry and nobody else.
 */
public final class Entries<T> {
  private final Map<String, Supplier<T>> entries = new LinkedHashMap<>();

  Entries() {}

  /** Reads an entry now; every mistake but such a reference fails at once. */
  void add(String name, Supplier<T> reader) {
    entries.put(name, read(reader));
  }

  private Supplier<T> read(Supplier<T> reader) {
    try {
      T entry = reader.get();
      return () -> entry;
    } catch (FoldbackException e) {
      if (!(e.getCause() instanceof Unresolved)) {
        throw e;
      }
      return () -> {
        throw e;
      };
    }
  }

  public Set<String> names() {
    return entries.keySet();
  }

  /** The entry of this name, if there is one. */
  public Optional<T> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Supplier::get);
  }
}
