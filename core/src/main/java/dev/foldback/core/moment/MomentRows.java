package dev.foldback.core.moment;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.fold.Fold;
import dev.foldback.core.log.DefinitionHistory;
import dev.foldback.core.log.DefinitionStep;
import dev.foldback.core.moment.Life.FromConversion;
import dev.foldback.core.moment.Life.FromLife;
import dev.foldback.core.moment.Life.FromNothing;
import dev.foldback.core.moment.Life.FromPart;
import dev.foldback.core.moment.Life.FromSnapshot;
import dev.foldback.core.moment.Life.Held;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.SnapshotReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of lives: what they began with, and what the log and foreign keys did to them. */
final class MomentRows implements Cascades.Rows {
  private final SnapshotReader base;
  private final Fold fold;
  private final DefinitionHistory history;
  private final Cascades cascades;
  private final Parts parts;
  private final Progress progress;
  private final Map<Life, RowSource> logged = new HashMap<>();
  private final Map<Life, RowSource> whole = new HashMap<>();
  private final Set<DefinitionStep> converted = new HashSet<>();

  /**
   * @param fold holds every change
   */
  MomentRows(
      SnapshotReader base,
      Fold fold,
      DefinitionHistory history,
      Cascades cascades,
      Parts parts,
      Progress progress) {
    this.base = base;
    this.fold = fold;
    this.history = history;
    this.cascades = cascades;
    this.parts = parts;
    this.progress = progress;
  }

  /** At the life's end. */
  RowSource of(Life life) {
    return ofPart(parts.last(life));
  }

  /** Whether the log and what it means below left the life as it began. */
  boolean isUnchanged(Life life) {
    return parts.last(life).equals(life)
        && !fold.tables().contains(life.folded().name())
        && cascades.of(life).isEmpty();
  }

  private RowSource ofPart(Life part) {
    @Nullable RowSource known = whole.get(part);
    if (known == null) {
      RowSource of = logged(part);
      known = cascades.of(part).isEmpty() ? of : new CascadedRows(cascades, part, of);
      whole.put(part, known);
    }
    return known;
  }

  @Override
  public RowSource logged(Life part) {
    @Nullable RowSource known = logged.get(part);
    if (known == null) {
      known = fresh(part);
      logged.put(part, known);
    }
    return known;
  }

  private RowSource fresh(Life life) {
    boolean unchanged = !fold.tables().contains(life.folded().name());
    return switch (life.origin()) {
      case FromSnapshot(var name) ->
          unchanged ? base.rows(name) : fold.merge(life.folded(), base.rows(name));
      case FromNothing _ -> fold.merge(life.folded(), new NoRows());
      case FromLife(var former) -> fold.merge(life.folded(), of(former));
      case FromPart(var former) -> fold.merge(life.folded(), ofPart(former));
      case FromConversion conversion -> {
        convert(conversion);
        yield fold.merge(life.folded(), history.converted(conversion.step(), conversion.after()));
      }
    };
  }

  /** What was made of rows of other lives is made anew. */
  @Override
  public void outdated() {
    whole.clear();
    logged
        .keySet()
        .removeIf(life -> life.origin() instanceof FromLife || life.origin() instanceof FromPart);
  }

  /** Runs what only the server can do to rows, unless it was. */
  void convert(FromConversion conversion) {
    DefinitionStep step = conversion.step();
    if (!converted.add(step)) {
      return;
    }
    progress.phase("convert", 0, 0);
    for (Held held : conversion.before()) {
      progress.begin(held.state().name().toString());
      stage(step, held);
      progress.end(held.state().name().toString());
    }
    history.convert(step);
  }

  private void stage(DefinitionStep step, Held held) {
    if (isUnchanged(held.life())
        && held.life().origin() instanceof FromConversion(var from, List<Held> _, var after)
        && after.name().equals(held.state().name())) {
      history.restage(from, after.name(), step, held.state().name());
    } else {
      history.stage(step, held.state(), of(held.life()));
    }
  }
}
