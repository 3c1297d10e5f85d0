package dev.foldback.core.moment;

import dev.foldback.core.TableName;
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
  private final FoldScope scope;
  private final Set<Life> needed;
  private final Map<TableName, SchemaObject> sequences;
  private final Map<TableName, Map<String, String>> states = new HashMap<>();
  private final Map<TableName, Life> folded = new HashMap<>();
  private final Fold fold;
  private final Numbers numbers;
  private final Cascades cascades;
  private final Parts parts = new Parts();
  private final Set<Life> watched;
  private final Set<Life> unchecked = new HashSet<>();
  private @Nullable TableDefinition lastTable;
  private @Nullable Life last;
  private boolean lastNeeded;
  private int statements;
  private long changes;

  Folding(
      Lineage.Replay names,
      FoldScope scope,
      Map<TableName, SchemaObject> sequences,
      Fold fold,
      Numbers numbers) {
    this.names = names;
    this.scope = scope;
    this.needed = new HashSet<>(scope.folded());
    this.watched = new HashSet<>(scope.heard());
    this.sequences = Map.copyOf(sequences);
    this.fold = fold;
    this.numbers = numbers;
    this.cascades = new Cascades(links());
  }

  /** The keys that there are now, between the parts that go on. */
  private Links links() {
    Links links = scope.links(statements);
    for (Life life : parts.cut()) {
      links = links.replacing(life, parts.last(life));
    }
    return links;
  }

  /** What foreign keys did below the log. */
  Cascades cascades() {
    return cascades;
  }

  /** The parts that lives were cut into. */
  Parts parts() {
    return parts;
  }

  @Override
  public Optional<TableState> table(TableName name) {
    return names
        .held(name)
        .filter(held -> watched.contains(parts.last(held.life())))
        .map(
            held -> {
              begin(name, parts.last(held.life()));
              numbers.begin(held);
              return held.state();
            });
  }

  private void begin(TableName name, Life life) {
    folded.put(name, life);
    last = null;
    if (cascades.mayAct(life) && unchecked.add(life)) {
      // Its rows may go below the log and come back.
      fold.leaveUnchecked(life.folded().name());
    }
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
    Life life = of(table, null, after);
    cascades.inserted(life, after);
    if (lastNeeded) {
      fold.insert(life.folded(), after);
      numbers.saw(table.name(), after);
    }
    changes++;
  }

  @Override
  public void update(TableDefinition table, RowImage before, RowImage after) {
    Life life = of(table, before, after);
    cascades.updated(life, before, after);
    if (lastNeeded) {
      fold.update(life.folded(), before, after);
      numbers.saw(table.name(), after);
    }
    changes++;
  }

  @Override
  public void delete(TableDefinition table, RowImage before) {
    Life life = of(table, before, null);
    cascades.deleted(life, before);
    if (lastNeeded) {
      fold.delete(life.folded(), before);
    }
    changes++;
  }

  /**
   * The life that the change belongs to; another part of it begins where the row may have got its
   * key below the log.
   */
  private Life of(TableDefinition table, @Nullable RowImage before, @Nullable RowImage after) {
    Life life = of(table);
    Link link = cascades.needsPart(life, before, after);
    return link == null ? life : begin(table, life, link);
  }

  private Life begin(TableDefinition table, Life former, Link link) {
    Life next =
        parts
            .begin(Parts.whole(former))
            .orElseThrow(() -> Refusals.tooManyParts(link, cascades.place()));
    cascades.begin(former, next);
    watched.add(next);
    if (lastNeeded) {
      needed.add(next);
    }
    begin(table.name(), next);
    return of(table);
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
    statements++;
    folded.clear();
    last = null;
    cascades.links(links());
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
