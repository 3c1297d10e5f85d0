package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes what stands where the restore will create: what the plan said it replaces, and what an
 * earlier run of the same restore left unfinished. Tables that run finished stay. Anything else
 * under these names was made by others since the plan: then the restore stops before it writes.
 */
final class Dropping {
  private static final int MOST_NAMED = 5;

  private final LoadPlan plan;
  private final Renames renames;
  private final Existing existing;
  private final List<SchemaObject> dropped = new ArrayList<>();

  private Dropping(LoadPlan plan, Existing existing) {
    this.plan = plan;
    this.renames = plan.request().renames();
    this.existing = existing;
  }

  /**
   * Looks at the target. To be called under the restore's lock.
   *
   * @param own what this restore noted itself
   * @param objects those that are about to be created
   */
  static Dropping check(Db db, LoadPlan plan, Optional<RestoreNote> own, List<SchemaObject> objects)
      throws SQLException {
    Set<String> schemas = new TreeSet<>();
    for (SchemaObject object : objects) {
      schemas.add(Kind.target(object, plan.request().renames()).schema());
    }
    schemas.remove("");
    Dropping dropping = new Dropping(plan, Existing.read(db, schemas));
    dropping.sort(objects, own);
    return dropping;
  }

  private void sort(List<SchemaObject> objects, Optional<RestoreNote> own) {
    Set<RestoreNote.Entry> replaced = new HashSet<>();
    plan.replaced().forEach(o -> replaced.add(Kind.entry(o, renames)));
    List<String> others = new ArrayList<>();
    for (SchemaObject object : objects) {
      RestoreNote.Entry entry = Kind.entry(object, renames);
      boolean there = isThere(object);
      if (isLoaded(object)) {
        if (!there || own.isEmpty() || !own.get().isLoaded(entry)) {
          throw changed(object.kind() + " " + Kind.target(object, renames));
        }
      } else if (there
          && (replaced.contains(entry) || own.filter(n -> n.isBegun(entry)).isPresent())) {
        dropped.add(object);
      } else if (there) {
        others.add(object.kind() + " " + Kind.target(object, renames));
      }
    }
    if (!others.isEmpty()) {
      int more = others.size() - MOST_NAMED;
      throw notEmpty(
          String.join(", ", others.subList(0, Math.min(others.size(), MOST_NAMED)))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  /** Loaded by an earlier run, as the plan says. */
  private boolean isLoaded(SchemaObject object) {
    return object.kind().equals(Kind.TABLE)
        && plan.loaded().contains(new TableName(object.schema(), object.name()));
  }

  private boolean isThere(SchemaObject object) {
    TableName target = Kind.target(object, renames);
    return switch (Kind.space(object.kind())) {
      case TABLE -> existing.table(target).isPresent();
      case PROGRAM -> existing.program(object.kind(), target.schema(), target.table());
      case ACCOUNT, OTHER -> false;
    };
  }

  /**
   * @param what came to be there since the plan
   */
  static FoldbackException notEmpty(String what) {
    return new FoldbackException(
        ErrorCode.TARGET_NOT_EMPTY,
        what
            + ": on the target now, and not yet there when this restore was planned; it is left"
            + " as it is",
        "Run the same command again: it plans with what is there now.");
  }

  private static FoldbackException changed(String table) {
    return new FoldbackException(
        ErrorCode.TARGET_NOT_EMPTY,
        table
            + " was loaded by an earlier run of this restore when this one was planned; that is no"
            + " longer noted on the target, so nothing was written",
        "Another run may have ended the restore meanwhile. If it is not complete, run the same"
            + " command again.");
  }

  /** Notes of other restores that set out to create under the same names. */
  List<RestoreNote> overlapping(List<RestoreNote> notes) {
    return existing.overlapping(notes, plan.request(), plan.objects());
  }

  void run(Db db) throws SQLException {
    for (SchemaObject object : dropped) {
      drop(db, object);
    }
  }

  private void drop(Db db, SchemaObject object) throws SQLException {
    TableName target = Kind.target(object, renames);
    String what =
        Kind.space(object.kind()) == Kind.Space.PROGRAM
            ? object.kind().toUpperCase(Locale.ROOT)
            : word(existing.table(target).orElse(""));
    db.run("DROP " + what + " IF EXISTS " + Sql.name(target.schema(), target.table()));
  }

  private static String word(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "VIEW" -> "VIEW";
      case "SEQUENCE" -> "SEQUENCE";
      default -> "TABLE";
    };
  }
}
