package dev.foldback.core.moment;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.Equality;
import dev.foldback.core.moment.Life.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The acting keys between tables as they are at some time of the log. */
final class Links {
  private final Map<Life, List<Link>> byParent = new HashMap<>();
  private final Map<Life, List<Link>> byChild = new HashMap<>();

  Links(DatabaseEngine engine, Lineage.Replay names) {
    for (Held child : names.all()) {
      for (ActingKey key : engine.actingKeys(child.state())) {
        names.held(key.parent()).ifPresent(parent -> add(engine, key, parent, child));
      }
    }
  }

  Links(Collection<Link> links) {
    links.forEach(this::add);
  }

  /** The same with another life in the place of one. */
  Links replacing(Life former, Life next) {
    return new Links(
        byParent.values().stream()
            .flatMap(List::stream)
            .map(
                link ->
                    link.between(
                        link.parent().equals(former) ? next : link.parent(),
                        link.child().equals(former) ? next : link.child()))
            .toList());
  }

  /** Those of some tables alone. */
  Links of(Set<Life> children) {
    return new Links(
        byChild.entrySet().stream()
            .filter(child -> children.contains(child.getKey()))
            .flatMap(child -> child.getValue().stream())
            .toList());
  }

  private void add(Link link) {
    byParent.computeIfAbsent(link.parent(), l -> new ArrayList<>()).add(link);
    byChild.computeIfAbsent(link.child(), l -> new ArrayList<>()).add(link);
  }

  private void add(DatabaseEngine engine, ActingKey key, Held parent, Held child) {
    int[] parentColumns = places(parent.state().definition(), key.parentColumns());
    int[] childColumns = places(child.state().definition(), key.columns());
    List<Equality> equalities = new ArrayList<>();
    String unknown = null;
    for (int i = 0; i < childColumns.length; i++) {
      Optional<Equality> above = engine.equality(parent.state(), key.parentColumns().get(i));
      Optional<Equality> below = engine.equality(child.state(), key.columns().get(i));
      above.ifPresent(equalities::add);
      if (parentColumns[i] < 0 || childColumns[i] < 0) {
        unknown = "over a generated column";
      } else if (above.isEmpty() || below.isEmpty()) {
        unknown = "over a type or collation whose comparisons Foldback does not know";
      } else if (!above.equals(below)) {
        unknown = "over columns of different types or collations";
      }
    }
    add(
        new Link(
            key,
            parent.life(),
            parentColumns,
            child.life(),
            childColumns,
            equalities,
            Optional.ofNullable(unknown)));
  }

  /** -1 for a column that frames lack, such as a generated one. */
  private static int[] places(TableDefinition table, List<String> names) {
    List<String> all = table.columns().stream().map(ColumnLayout::name).toList();
    return names.stream()
        .mapToInt(
            name -> {
              int found = -1;
              for (int i = 0; i < all.size(); i++) {
                // The server does not mind the case of columns' names.
                found = all.get(i).equalsIgnoreCase(name) ? i : found;
              }
              return found;
            })
        .toArray();
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return byParent.isEmpty();
  }

  List<Link> from(Life parent) {
    return byParent.getOrDefault(parent, List.of());
  }

  List<Link> to(Life child) {
    return byChild.getOrDefault(child, List.of());
  }
}
