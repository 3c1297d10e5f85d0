package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares what is wanted with what the target holds. Writes nothing. */
final class Planner {
  private final Db db;
  private final Flavor flavor;
  private final Sessions sessions;
  private final LoadRequest request;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<TableName> left = new HashSet<>();
  private final List<SchemaObject> replaced = new ArrayList<>();
  private final Set<String> keptAccounts = new HashSet<>();

  Planner(Db db, Flavor flavor, Sessions sessions, LoadRequest request) {
    this.db = db;
    this.flavor = flavor;
    this.sessions = sessions;
    this.request = request;
  }

  LoadPlan plan() throws SQLException {
    AccountFit accounts = new AccountFit(db, flavor, request.source().family(), findings);
    List<SchemaObject> selected =
        accounts.renamed(
            request.objects().stream().filter(o -> Selected.belongs(o, request)).toList());
    Existing existing = Existing.read(db, schemas(selected));
    List<RestoreNote> notes = RestoreNote.all(db);
    Optional<RestoreNote> note = own(notes);
    existing.overlapping(notes, request, selected).forEach(this::refuse);
    List<SchemaObject> objects = new ArrayList<>();
    for (SchemaObject object : selected) {
      if (!isTaken(object, existing, note) || settle(object)) {
        objects.add(object);
      }
    }
    objects.removeIf(o -> Kind.isOnTable(o) && left.contains(Kind.table(o)));
    objects.removeIf(this::isOfKeptAccount);
    objects.removeIf(this::isMySqlOnly);
    objects = accounts.fit(objects);
    objects = new ConstraintClashes(flavor, request, findings).settle(objects);
    List<TableDefinition> tables = tables(objects);
    findings.addAll(new TargetChecks(db, flavor, sessions, request, existing).of(objects, tables));
    return new LoadPlan(
        request, tables, objects, loaded(tables, note, existing), replaced, findings);
  }

  /** Rights of accounts that stay as they are. A grant of the role itself carries its name only. */
  private boolean isOfKeptAccount(SchemaObject object) {
    String role = Kind.quote(object.name()) + "@''";
    return Kind.owner(object).filter(keptAccounts::contains).isPresent()
        || (object.context().containsKey(Context.UNLESS_ACCOUNT) && keptAccounts.contains(role));
  }

  /** What MariaDB has no word for and does without. */
  private boolean isMySqlOnly(SchemaObject object) {
    boolean only =
        flavor.mariaDb()
            && (object.kind().equals(Kind.TABLESPACE)
                || object.kind().equals(Kind.REFERENCE_SYSTEM)
                || object.kind().equals(Kind.RESOURCE_GROUP));
    if (only) {
      findings.add(
          Finding.warning(
              "left-out", object.label(), "is left out: the target has nothing like it", ""));
    }
    return only;
  }

  private Optional<RestoreNote> own(List<RestoreNote> notes) {
    Optional<RestoreNote> own =
        notes.stream().filter(n -> n.restoreId().equals(request.restoreId())).findFirst();
    if (own.isPresent()) {
      findings.add(
          Finding.info(
              "resumed", "", "an earlier run of this restore did not end; it goes on from there"));
    }
    return own;
  }

  /** Another restore's unfinished work under names that this one would take. */
  private void refuse(RestoreNote note) {
    if (request.existing() != LoadRequest.Existing.REPLACE) {
      findings.add(
          Finding.error(
              ErrorCode.TARGET_NOT_EMPTY.code(),
              "schema " + RestoreNote.SCHEMA,
              "another restore to this server ("
                  + note.restoreId()
                  + ") of the same names did not end; what it left may be half loaded",
              "Run that restore again with the same options to finish it, or remove what it left"
                  + " and run DROP DATABASE "
                  + RestoreNote.SCHEMA
                  + ", or tell this restore to replace what is there."));
    }
  }

  private Set<String> schemas(List<SchemaObject> objects) {
    Set<String> names = new TreeSet<>();
    for (SchemaObject object : objects) {
      if (!object.schema().isEmpty()) {
        names.add(Kind.target(object, request.renames()).schema());
      }
    }
    return names;
  }

  private boolean isTaken(SchemaObject object, Existing existing, Optional<RestoreNote> note) {
    TableName target = Kind.target(object, request.renames());
    RestoreNote.Entry entry = Kind.entry(object, request.renames());
    if (note.isPresent() && note.get().isBegun(entry)) {
      return false;
    }
    return switch (Kind.space(object.kind())) {
      case TABLE -> existing.table(target).isPresent();
      case PROGRAM -> existing.program(object.kind(), target.schema(), target.table());
      case ACCOUNT -> existing.account(Kind.account(object));
      case OTHER -> false;
    };
  }

  /** What happens to an object whose name is taken: whether the restore creates it. */
  private boolean settle(SchemaObject object) {
    TableName target = Kind.target(object, request.renames());
    String label = object.kind() + " " + target;
    if (Kind.space(object.kind()) == Kind.Space.ACCOUNT) {
      keptAccounts.add(Kind.account(object));
      findings.add(
          Finding.info(
              "account-kept",
              object.label(),
              "exists on the target and is left as it is, with the rights it has there"));
      return false;
    }
    return switch (request.existing()) {
      case REFUSE -> {
        findings.add(
            Finding.error(
                ErrorCode.TARGET_NOT_EMPTY.code(),
                label,
                "exists on the target",
                "Restore under another name with --rename OLD=NEW, drop what is there, or say what"
                    + " becomes of it: --existing replace or --existing skip."));
        yield true;
      }
      case REPLACE -> {
        findings.add(
            Finding.warning("replaced", label, "exists on the target and will be dropped", ""));
        replaced.add(object);
        yield true;
      }
      case SWAP -> throw new IllegalStateException("planned elsewhere");
      case SKIP -> {
        findings.add(
            Finding.warning("skipped", label, "exists on the target and is left as it is", ""));
        if (Kind.space(object.kind()) == Kind.Space.TABLE) {
          left.add(new TableName(object.schema(), object.name()));
        }
        yield false;
      }
    };
  }

  private List<TableDefinition> tables(List<SchemaObject> objects) {
    Set<TableName> created = new HashSet<>();
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.TABLE)) {
        created.add(new TableName(object.schema(), object.name()));
      }
    }
    return request.tables().stream()
        .filter(t -> created.contains(t.name()))
        .map(this::withEndOfTime)
        .toList();
  }

  /** A current row of a versioned table ends at another time on older and newer servers. */
  private TableDefinition withEndOfTime(TableDefinition table) {
    String there = flavor.endOfTime();
    if (table.properties().getOrDefault(TableProperties.END_OF_TIME, there).equals(there)) {
      return table;
    }
    Map<String, String> properties = new HashMap<>(table.properties());
    properties.put(TableProperties.TARGET_END_OF_TIME, there);
    return new TableDefinition(
        table.name(),
        table.columns(),
        table.key(),
        table.slices(),
        table.estimatedRows(),
        table.estimatedBytes(),
        properties);
  }

  private Set<TableName> loaded(
      List<TableDefinition> tables, Optional<RestoreNote> note, Existing existing) {
    Set<TableName> loaded = new HashSet<>();
    if (note.isPresent()) {
      for (TableDefinition table : tables) {
        TableName target = request.renames().table(table.name());
        boolean done = note.get().isLoaded(RestoreNote.Entry.table(target));
        if (done && existing.table(target).isPresent()) {
          loaded.add(table.name());
        }
      }
    }
    return loaded;
  }
}
