package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.ActingKey;
import dev.foldback.core.moment.Life.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The acting keys between tables as they are at some time of the log. */
final class Links {
  private final Map<Life, List<Link>> byParent = new HashMap<>();
  private final Map<Life, List<Link>> byChild = new HashMap<>();

  Links(DatabaseEngine engine, Collection<Held> tables) {
    Map<TableName, Held> names = new HashMap<>();
    tables.forEach(t -> names.put(t.state().name(), t));
    for (Held child : tables) {
      for (ActingKey key : engine.actingKeys(child.state())) {
        Held parent = names.get(key.parent());
        if (parent != null) {
          add(key, parent, child);
        }
      }
    }
  }

  private void add(ActingKey key, Held parent, Held child) {
    Link link =
        new Link(
            key,
            parent.life(),
            places(parent.state().definition(), key.parentColumns()),
            child.life(),
            places(child.state().definition(), key.columns()));
    byParent.computeIfAbsent(parent.life(), l -> new ArrayList<>()).add(link);
    byChild.computeIfAbsent(child.life(), l -> new ArrayList<>()).add(link);
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
