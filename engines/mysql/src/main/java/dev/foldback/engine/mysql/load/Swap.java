package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables that change places, and what has to follow.
 *
 * @param id names it on the server
 * @param ends the restore that it is the end of, or the swap that it takes back
 * @param what for people: what comes in
 * @param family of the server that {@code wanted} is of
 * @param aside tables that were there and go to where they are kept
 * @param in tables that take their place
 * @param found views, routines, triggers and events that were there
 * @param wanted those that are to be there
 * @param links foreign keys of tables that stay, to tables that change places
 * @param corrections statements to run once tables have changed places; again does no harm
 */
record Swap(
    String id,
    String ends,
    String what,
    String family,
    List<Move> aside,
    List<Move> in,
    List<SchemaObject> found,
    List<SchemaObject> wanted,
    List<Link> links,
    List<String> corrections) {
  Swap {
    aside = List.copyOf(aside);
    in = List.copyOf(in);
    found = List.copyOf(found);
    wanted = List.copyOf(wanted);
    links = List.copyOf(links);
    corrections = List.copyOf(corrections);
  }

  /** Who and what it is, with nothing in it yet. */
  static Swap named(String id, String ends, String what, String family) {
    return new Swap(
        id, ends, what, family, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /**
   * A table or sequence under another name.
   *
   * @param apart it is renamed alone, because the server does not rename it together with others
   */
  record Move(TableName from, TableName to, boolean apart) {
    String rename() {
      return "RENAME TABLE " + part();
    }

    private String part() {
      return Swap.name(from) + " TO " + Swap.name(to);
    }
  }

  /**
   * A foreign key of a table that stays.
   *
   * @param drop the statement that takes it away
   * @param add the statement that makes it again, to the table that came
   * @param index see {@link dev.foldback.engine.mysql.ddl.NamedForeignKey#index}
   */
  record Link(TableName child, String name, String drop, String add, String index) {}

  /** Every move, in the order in which they have to come. */
  List<Move> moves() {
    return Stream.concat(aside.stream(), in.stream()).toList();
  }

  /** All at once, which the server does whole or not at all; none where all go alone. */
  Optional<String> rename() {
    String together =
        moves().stream().filter(m -> !m.apart()).map(Move::part).collect(Collectors.joining(", "));
    return together.isEmpty() ? Optional.empty() : Optional.of("RENAME TABLE " + together);
  }

  /** Whether the trigger's table, before or after, goes alone. */
  boolean isApart(SchemaObject trigger) {
    TableName table = Kind.table(trigger);
    return moves().stream()
        .anyMatch(m -> m.apart() && (m.from().equals(table) || m.to().equals(table)));
  }

  /** Where things are kept. */
  Set<String> keptSchemas() {
    Set<String> schemas = new TreeSet<>();
    aside.forEach(m -> schemas.add(m.to().schema()));
    return schemas;
  }

  /** Where things come from. */
  Set<String> sourceSchemas() {
    Set<String> schemas = new TreeSet<>();
    in.forEach(m -> schemas.add(m.from().schema()));
    return schemas;
  }

  List<SchemaObject> foundTriggers() {
    return found.stream().filter(o -> o.kind().equals(Kind.TRIGGER)).toList();
  }

  List<SchemaObject> wantedTriggers() {
    return wanted.stream().filter(o -> o.kind().equals(Kind.TRIGGER)).toList();
  }

  /** Views whose names tables take. */
  List<SchemaObject> viewsInTheWay() {
    Set<TableName> names = in.stream().map(Move::to).collect(Collectors.toSet());
    return found.stream()
        .filter(o -> o.kind().equals(Kind.VIEW))
        .filter(o -> names.contains(new TableName(o.schema(), o.name())))
        .toList();
  }

  /** Definitions of schemas that are to be others. */
  List<SchemaObject> wantedSchemas() {
    return wanted.stream().filter(o -> o.kind().equals(Kind.SCHEMA)).toList();
  }

  static String name(TableName name) {
    return Sql.name(name.schema(), name.table());
  }

  static String drop(SchemaObject program) {
    return "DROP "
        + program.kind().toUpperCase(java.util.Locale.ROOT)
        + " IF EXISTS "
        + Sql.name(program.schema(), program.name());
  }
}
