package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.TableChange;
import dev.foldback.core.log.TableState;
import dev.foldback.core.moment.Life.FromConversion;
import dev.foldback.core.moment.Life.FromLife;
import dev.foldback.core.moment.Life.FromNothing;
import dev.foldback.core.moment.Life.FromPart;
import dev.foldback.core.moment.Life.FromSnapshot;
import dev.foldback.core.moment.Life.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which table each name stands for while a log goes on, and where the rows of those that are there
 * at its end come from. Made whole first; then {@link #replay} gives the names as of each step.
 */
final class Lineage {
  private final Map<TableName, Held> first;
  private final List<Map<TableName, Optional<Held>>> differences = new ArrayList<>();
  private final Map<TableName, Held> last;
  private final List<DefinitionStep> steps;
  private int lives;

  /**
   * @param tables as of the snapshot
   * @param steps in the log's order
   */
  Lineage(Collection<TableState> tables, List<DefinitionStep> steps) {
    this.steps = List.copyOf(steps);
    Map<TableName, Held> names = new HashMap<>();
    for (TableState table : tables) {
      names.put(
          table.name(),
          new Held(new Life(table.definition(), new FromSnapshot(table.name())), table));
    }
    this.first = Map.copyOf(names);
    for (DefinitionStep step : steps) {
      Map<TableName, Optional<Held>> difference = difference(names, step);
      differences.add(difference);
      apply(names, difference);
    }
    this.last = Map.copyOf(names);
  }

  /** What is there after the last step. */
  Map<TableName, Held> last() {
    return last;
  }

  /** Every life that the rows of these tables at the end come from. */
  Set<Life> neededFor(Collection<TableName> names) {
    Set<Life> needed = new HashSet<>();
    for (TableName name : names) {
      Held held = last.get(name);
      if (held != null) {
        need(held.life(), needed);
      }
    }
    return needed;
  }

  /** Adds the life and what its rows come from. */
  static void need(Life life, Set<Life> needed) {
    if (!needed.add(life)) {
      return;
    }
    switch (life.origin()) {
      case FromSnapshot _, FromNothing _ -> {}
      case FromLife(Life former) -> need(former, needed);
      case FromPart(Life former) -> need(former, needed);
      case FromConversion(var _, List<Held> before, var _) ->
          before.forEach(b -> need(b.life(), needed));
    }
  }

  /** How many there are. */
  int steps() {
    return differences.size();
  }

  Replay replay() {
    return new Replay();
  }

  /** Every life of every table. */
  Set<Life> all() {
    Set<Life> lives = new HashSet<>();
    first.values().forEach(held -> need(held.life(), lives));
    differences.forEach(
        d -> d.values().forEach(h -> h.ifPresent(held -> need(held.life(), lives))));
    return lives;
  }

  /** The lives that begin with rows of each. */
  Map<Life, List<Life>> later() {
    Map<Life, List<Life>> later = new HashMap<>();
    for (Life life : all()) {
      List<Life> former =
          switch (life.origin()) {
            case FromSnapshot _, FromNothing _ -> List.of();
            case FromLife(Life one) -> List.of(one);
            case FromPart(Life one) -> List.of(one);
            case FromConversion(var _, List<Held> before, var _) ->
                before.stream().map(Held::life).toList();
          };
      former.forEach(one -> later.computeIfAbsent(one, l -> new ArrayList<>()).add(life));
    }
    return later;
  }

  /** The names as the log goes on. */
  final class Replay {
    private final Map<TableName, Held> names = new HashMap<>(first);
    private int next;

    /** What the name stands for now. */
    Optional<Held> held(TableName name) {
      return Optional.ofNullable(names.get(name));
    }

    /** Everything that is there now. */
    Collection<Held> all() {
      return names.values();
    }

    /** What all names stand for now. */
    List<TableState> states() {
      return names.values().stream().map(Held::state).toList();
    }

    /** The next statement of the log ran. */
    DefinitionStep step() {
      apply(names, differences.get(next));
      return steps.get(next++);
    }
  }

  private static void apply(Map<TableName, Held> names, Map<TableName, Optional<Held>> difference) {
    difference.forEach(
        (name, held) -> held.ifPresentOrElse(h -> names.put(name, h), () -> names.remove(name)));
  }

  private Map<TableName, Optional<Held>> difference(
      Map<TableName, Held> before, DefinitionStep step) {
    Map<TableName, Optional<Held>> difference = new HashMap<>();
    Set<TableName> came = new HashSet<>();
    for (TableChange change : step.changes()) {
      switch (change) {
        case TableChange.Created(TableState table) -> {
          difference.put(table.name(), Optional.of(empty(table)));
          came.add(table.name());
        }
        case TableChange.Dropped(TableName name) -> leave(difference, came, name);
        case TableChange.Emptied(TableName name) -> {
          Held held = before.get(name);
          if (held != null) {
            difference.put(name, Optional.of(empty(held.state())));
          }
        }
        case TableChange.Redefined(TableName from, TableState table) -> {
          Held held = before.get(from);
          if (held != null) {
            leave(difference, came, from);
            difference.put(table.name(), Optional.of(redefined(held, table)));
            came.add(table.name());
          }
        }
        case TableChange.Converted(List<TableName> old, List<TableState> after) -> {
          List<Held> held = old.stream().filter(before::containsKey).map(before::get).toList();
          old.forEach(name -> leave(difference, came, name));
          for (TableState table : after) {
            Life life = life(table, new FromConversion(step, held, table));
            difference.put(table.name(), Optional.of(new Held(life, table)));
            came.add(table.name());
          }
        }
      }
    }
    return difference;
  }

  /** A name that another table took within the same statement stays with that. */
  private static void leave(
      Map<TableName, Optional<Held>> difference, Set<TableName> came, TableName name) {
    if (!came.contains(name)) {
      difference.put(name, Optional.empty());
    }
  }

  private Held empty(TableState table) {
    return new Held(life(table, new FromNothing()), table);
  }

  private Held redefined(Held held, TableState table) {
    TableDefinition was = held.life().folded();
    TableDefinition is = table.definition();
    boolean same = sameForm(was.columns(), is.columns()) && was.key().equals(is.key());
    return new Held(same ? held.life() : life(table, new FromLife(held.life())), table);
  }

  private static boolean sameForm(List<ColumnLayout> some, List<ColumnLayout> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).name().equals(others.get(i).name())
          || some.get(i).encoding() != others.get(i).encoding()) {
        return false;
      }
    }
    return true;
  }

  private Life life(TableState table, Life.Origin origin) {
    TableDefinition of = table.definition();
    TableName name = new TableName(of.name().schema(), of.name().table() + " (" + ++lives + ")");
    return new Life(of.named(name), origin);
  }
}
