package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The note of one restore that is under way, written under its lock. Safe for several threads. */
final class OwnNote {
  private static final int MARKED_AT_ONCE = 100;

  private final Control control;
  private final LoadPlan plan;
  private final String id;

  OwnNote(Control control, LoadPlan plan) {
    this.control = control;
    this.plan = plan;
    this.id = plan.request().restoreId();
  }

  /** What the target holds now where the restore will create, as far as it may be dropped. */
  record Start(Dropping dropping, Optional<RestoreNote> earlier) {}

  /**
   * Writes the note, or more into that of an earlier run. Before the first write it looks at the
   * target again: what the plan did not see may have been made since.
   */
  Start begin() {
    return with(
        "noting the restore on the target",
        db -> {
          List<RestoreNote> notes = RestoreNote.all(db);
          Optional<RestoreNote> own =
              notes.stream().filter(n -> n.restoreId().equals(id)).findFirst();
          Dropping dropping = Dropping.check(db, plan, own, plan.objects());
          List<RestoreNote> others = dropping.overlapping(notes);
          if (plan.request().existing() != LoadRequest.Existing.REPLACE && !others.isEmpty()) {
            throw Dropping.notEmpty(
                "another restore of the same names (" + others.getFirst().restoreId() + ")");
          }
          for (RestoreNote other : others) {
            RestoreNote.remove(db, other.restoreId());
          }
          write(db, own);
          return new Start(dropping, own);
        });
  }

  private void write(Db db, Optional<RestoreNote> own) throws SQLException {
    List<RestoreNote.Entry> entries = new ArrayList<>(entries(o -> true));
    if (own.isEmpty()) {
      RestoreNote.begin(db, id, entries);
    } else {
      entries.removeAll(own.get().entries());
      RestoreNote.add(db, id, entries);
    }
  }

  /** What programs will take the place of, looked at once more. Nothing of it is dropped. */
  void checkPrograms(Predicate<SchemaObject> programs) {
    List<SchemaObject> objects = plan.objects().stream().filter(programs).toList();
    with(
        "looking at the target", db -> Dropping.check(db, plan, RestoreNote.read(db, id), objects));
  }

  /** Notes that the restore makes these from now on, so that it may drop them later. */
  void begun(Predicate<SchemaObject> objects) {
    mark(entries(objects), RestoreNote.State.BEGUN);
  }

  private List<RestoreNote.Entry> entries(Predicate<SchemaObject> objects) {
    return plan.objects().stream()
        .filter(o -> Kind.space(o.kind()) != Kind.Space.OTHER)
        .filter(objects)
        .map(o -> Kind.entry(o, plan.request().renames()))
        .distinct()
        .toList();
  }

  void mark(Collection<RestoreNote.Entry> entries, RestoreNote.State state) {
    List<RestoreNote.Entry> all = List.copyOf(entries);
    for (int from = 0; from < all.size(); from += MARKED_AT_ONCE) {
      List<RestoreNote.Entry> some = all.subList(from, Math.min(all.size(), from + MARKED_AT_ONCE));
      with(
          "noting that " + some.getLast() + " is " + state,
          db -> {
            RestoreNote.mark(db, id, some, state);
            return 0;
          });
    }
  }

  void remove() {
    with(
        "removing the note of the restore",
        db -> {
          RestoreNote.remove(db, id);
          return 0;
        });
  }

  private <T> T with(String what, Sessions.Work<T> work) {
    try {
      return control.with(work);
    } catch (SQLException e) {
      throw Failures.of(what, e);
    }
  }
}
