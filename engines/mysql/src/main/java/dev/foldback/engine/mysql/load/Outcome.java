package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A snapshot's objects with what statements made of some of them in these ones' place. */
final class Outcome {
  /** In an order in which they can be created; kinds of the whole server keep their places. */
  private static final List<String> ORDER =
      List.of(
          Kind.SCHEMA,
          Kind.SEQUENCE,
          Kind.TABLE,
          "library",
          "package",
          "package body",
          "function",
          "procedure",
          Kind.VIEW,
          Kind.TRIGGER,
          Kind.EVENT,
          Kind.HISTOGRAM);

  private final List<SchemaObject> objects;
  private final List<TableDefinition> tables;
  private final Set<SchemaObject> parts;
  private final Set<String> droppedSchemas;
  private final Set<String> alteredSchemas;

  /**
   * @param parts those of {@code objects} that were copied
   * @param droppedSchemas those that were dropped at least once, whether made anew or not
   * @param alteredSchemas those that were made, altered or dropped
   */
  Outcome(
      List<SchemaObject> objects,
      List<TableDefinition> tables,
      List<SchemaObject> parts,
      Set<String> droppedSchemas,
      Set<String> alteredSchemas) {
    this.objects = objects;
    this.tables = tables;
    this.parts = Set.copyOf(parts);
    this.droppedSchemas = Set.copyOf(droppedSchemas);
    this.alteredSchemas = Set.copyOf(alteredSchemas);
  }

  /**
   * Objects whose copies are as they were first stay exactly as the snapshot has them.
   *
   * @param before what the copies were before the first statement
   * @param now what they are after the last
   * @param original gives an object back what its copy could not keep
   */
  List<SchemaObject> objects(
      List<SchemaObject> before, Catalog now, UnaryOperator<SchemaObject> original) {
    Map<String, SchemaObject> copies = byLabel(before);
    Map<String, SchemaObject> originals = byLabel(objects);
    Set<TableName> tablesNow = new HashSet<>();
    now.tables().forEach(t -> tablesNow.add(t.name()));
    Set<TableName> copied = new HashSet<>();
    parts.stream()
        .filter(p -> p.kind().equals(Kind.TABLE))
        .forEach(p -> copied.add(new TableName(p.schema(), p.name())));
    List<SchemaObject> all = new ArrayList<>();
    for (SchemaObject object : objects) {
      boolean gone = parts.contains(object) || droppedSchemas.contains(object.schema());
      boolean renewed = isAltered(object);
      boolean orphan =
          Kind.isOnTable(object)
              && copied.contains(Kind.table(object))
              && !tablesNow.contains(Kind.table(object));
      if (!gone && !renewed && !orphan) {
        all.add(object);
      }
    }
    now.objects().stream()
        .filter(o -> ORDER.contains(o.kind()))
        .filter(o -> !o.kind().equals(Kind.SCHEMA) || isAltered(o))
        .map(o -> same(o, copies.get(o.label())) ? originals.get(o.label()) : original.apply(o))
        .forEach(o -> all.add(Objects.requireNonNull(o)));
    all.sort(Comparator.comparingInt(Outcome::rank));
    return all;
  }

  private boolean same(SchemaObject now, @Nullable SchemaObject before) {
    // One that was dropped and made again in the same words has lost what the snapshot knows of it.
    return now.equals(before) && !droppedSchemas.contains(now.schema());
  }

  private static Map<String, SchemaObject> byLabel(List<SchemaObject> objects) {
    Map<String, SchemaObject> all = new HashMap<>();
    objects.forEach(o -> all.put(o.label(), o));
    return all;
  }

  private boolean isAltered(SchemaObject object) {
    return object.kind().equals(Kind.SCHEMA) && alteredSchemas.contains(object.name());
  }

  private static int rank(SchemaObject object) {
    if (Kind.owner(object).isPresent() || object.kind().equals("grant")) {
      return ORDER.size() + 1;
    }
    int known = ORDER.indexOf(object.kind());
    return known < 0 ? (object.schema().isEmpty() ? -1 : ORDER.size()) : known;
  }

  List<TableDefinition> tables(Catalog now) {
    Map<TableName, TableDefinition> before = new HashMap<>();
    tables.forEach(t -> before.put(t.name(), t));
    Set<TableName> copied = new HashSet<>();
    parts.forEach(p -> copied.add(new TableName(p.schema(), p.name())));
    List<TableDefinition> all = new ArrayList<>();
    for (TableDefinition table : tables) {
      boolean gone =
          copied.contains(table.name()) || droppedSchemas.contains(table.name().schema());
      if (!gone) {
        all.add(table);
      }
    }
    now.tables().forEach(all::add);
    return all;
  }
}
