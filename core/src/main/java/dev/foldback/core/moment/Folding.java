package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.Fold;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.core.log.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
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
  private final Parts parts = new Parts();
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
    this.needed = new HashSet<>(needed);
    this.sequences = Map.copyOf(sequences);
    this.fold = fold;
    this.numbers = numbers;
    this.engine = engine;
    Links links = links();
    this.cascades = new Cascades(links);
    this.watched = new HashSet<>(needed);
    watch(links);
  }

  private Links links() {
    return new Links(
        engine,
        names.all().stream()
            .map(held -> new Life.Held(parts.last(held.life()), held.state()))
            .toList());
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
    names.step();
    folded.clear();
    last = null;
    Links links = links();
    cascades.links(links);
    watch(links);
    String sql = statement.sql().toLowerCase(Locale.ROOT);
    // One that names a sequence may have set it anew; what it is then the definitions tell.
    states.keySet().removeIf(name -> sql.contains(name.table().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void commit(LogPlace end) {}

  @Override
  public void rollback(LogPlace end) {}
}
