package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.Fold;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The second pass over the log: every change of a wanted table goes into the fold. */
final class Folding implements ChangeListener, Definitions {
  private final Lineage.Replay names;
  private final Set<Life> needed;
  private final Map<TableName, SchemaObject> sequences;
  private final Map<TableName, Map<String, String>> states = new HashMap<>();
  private final Map<TableName, Life> folded = new HashMap<>();
  private final Fold fold;
  private final Numbers numbers;
  private final DatabaseEngine engine;
  private final Cascades cascades;
  private final Set<Life> watched;
  private final Set<Life> unchecked = new HashSet<>();
  private @Nullable TableDefinition lastTable;
  private @Nullable Life last;
  private boolean lastNeeded;
  private long changes;

  /**
   * @param needed what rows come from; besides them tables are read whose rows others point to
   */
  Folding(
      Lineage.Replay names,
      Set<Life> needed,
      Map<TableName, SchemaObject> sequences,
      Fold fold,
      Numbers numbers,
      DatabaseEngine engine) {
    this.names = names;
    this.needed = needed;
    this.sequences = Map.copyOf(sequences);
    this.fold = fold;
    this.numbers = numbers;
    this.engine = engine;
    Links links = new Links(engine, names.all());
    this.cascades = new Cascades(links);
    this.watched = new HashSet<>(needed);
    watch(links);
  }

  /** Parents of what is needed, and theirs. */
  private void watch(Links links) {
    int before;
    do {
      before = watched.size();
      for (Life life : Set.copyOf(watched)) {
        links.to(life).forEach(link -> watched.add(link.parent()));
      }
    } while (watched.size() > before);
  }

  /** What foreign keys did below the log. */
  Cascades cascades() {
    return cascades;
  }

  @Override
  public Optional<TableState> table(TableName name) {
    return names
        .held(name)
        .filter(held -> watched.contains(held.life()))
        .map(
            held -> {
              folded.put(name, held.life());
              last = null;
              if (cascades.mayAct(held.life()) && unchecked.add(held.life())) {
                // Its rows may go below the log and come back.
                fold.leaveUnchecked(held.life().folded().name());
              }
              numbers.begin(held);
              return held.state();
            });
  }

  @Override
  public Optional<SchemaObject> sequence(TableName name) {
    return Optional.ofNullable(sequences.get(name));
  }

  /** What sequences were last, by their names. */
  Map<TableName, Map<String, String>> states() {
    return states;
  }

  long changes() {
    return changes;
  }

  @Override
  public void begin(Transaction transaction) {
    cascades.begin(transaction.start());
  }

  @Override
  public void cascades(boolean unlogged) {
    cascades.acting(unlogged);
  }

  @Override
  public void insert(TableDefinition table, RowImage after) {
    Life life = of(table);
    cascades.inserted(life, after);
    if (lastNeeded) {
      fold.insert(life.folded(), after);
      numbers.saw(table.name(), after);
    }
    changes++;
  }

  @Override
  public void update(TableDefinition table, RowImage before, RowImage after) {
    Life life = of(table);
    cascades.updated(life, before, after);
    if (lastNeeded) {
      fold.update(life.folded(), before, after);
      numbers.saw(table.name(), after);
    }
    changes++;
  }

  @Override
  public void delete(TableDefinition table, RowImage before) {
    Life life = of(table);
    cascades.deleted(life, before);
    if (lastNeeded) {
      fold.delete(life.folded(), before);
    }
    changes++;
  }

  /** The life that the name stands for now, which has a name of its own in the fold. */
  // Most changes are of the same table as the one before.
  @SuppressWarnings("ReferenceEquality")
  private Life of(TableDefinition table) {
    Life life = last;
    if (life == null || table != lastTable) {
      life = folded.get(table.name());
      if (life == null) {
        throw new IllegalStateException(
            "a change of " + table.name() + ", which was not asked for");
      }
      lastTable = table;
      last = life;
      lastNeeded = needed.contains(life);
    }
    return life;
  }

  @Override
  public void sequence(TableName name, Map<String, String> state) {
    states.put(name, Map.copyOf(state));
  }

  @Override
  public void statement(LoggedStatement statement) {
    sequences(names.step());
    folded.clear();
    last = null;
    Links links = new Links(engine, names.all());
    cascades.links(links);
    watch(links);
  }

  /** What one is that was set anew the definitions tell. */
  private void sequences(DefinitionStep step) {
    Map<TableName, Map<String, String>> renamed = new HashMap<>();
    step.sequences()
        .forEach(
            (name, now) -> {
              Map<String, String> state = states.remove(name);
              if (state != null) {
                now.ifPresent(n -> renamed.put(n, state));
              }
            });
    states.putAll(renamed);
  }

  @Override
  public void commit(LogPlace end) {}

  @Override
  public void rollback(LogPlace end) {}
}
