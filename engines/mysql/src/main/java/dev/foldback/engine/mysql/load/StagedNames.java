package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.NameRewriter;
import dev.foldback.engine.mysql.ddl.QualifiedNames;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The schemas that copies live in, by the names of those they stand for, and the way back. All of
 * one history begin alike, so that what a killed run left can be told and removed.
 */
final class StagedNames {
  static final String PREFIX = OwnSchemas.COPIES;

  private final String run;
  private final Map<String, String> schemas;
  private final Renames there;
  private final Renames back;

  /**
   * @param run tells this run's schemas from those of others
   */
  StagedNames(String run, Set<String> sources, boolean ignoreCase) {
    this.run = run;
    Map<String, String> names = new HashMap<>();
    for (String source : sources) {
      names.put(source, PREFIX + run + "_" + names.size());
    }
    this.schemas = Map.copyOf(names);
    Renames plain = new Renames(schemas, Map.of());
    this.there = ignoreCase ? plain.ignoringCase() : plain;
    this.back =
        new Renames(
            schemas.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)),
            Map.of());
  }

  /**
   * Says by a lock of the session that this run is alive, and removes what runs left that are not.
   */
  void claim(Db session) throws SQLException {
    session.value("SELECT GET_LOCK(" + Sql.text(PREFIX + run) + ", 0)");
    for (String schema : session.column("SHOW DATABASES LIKE 'foldback\\_stage\\_%'")) {
      String owner = PREFIX + schema.substring(PREFIX.length()).replaceFirst("_.*", "");
      boolean own = owner.equals(PREFIX + run);
      if (!own && session.value("SELECT IS_FREE_LOCK(" + Sql.text(owner) + ")").equals("1")) {
        session.run("DROP DATABASE IF EXISTS " + Sql.name(schema));
      }
    }
  }

  /** Another set of schemas for the same sources, for copies with rows. */
  StagedNames forRows(int number) {
    return new StagedNames(run + "_r" + number, schemas.keySet(), there.ignoreCase());
  }

  Renames there() {
    return there;
  }

  /** Every schema that copies live in. */
  List<String> all() {
    return schemas.values().stream().sorted().toList();
  }

  /** Which schema a copy's schema stands for. */
  String source(String staged) {
    return back.schema(staged);
  }

  TableName source(TableName staged) {
    return back.table(staged);
  }

  /** A table under the name that it stands for. */
  TableState source(SchemaObject object, TableDefinition table) {
    return new TableState(source(object), table.named(source(table.name())));
  }

  /** An object under the name that it stands for. */
  SchemaObject source(SchemaObject object) {
    String mode = object.context().getOrDefault("sql_mode", "");
    String definition =
        object.kind().equals(Kind.VIEW)
            ? new NameRewriter(back, Set.of(), Set.of())
                .rewrite(object.definition(), mode, object.schema(), source(object.schema()))
                .sql()
            : QualifiedNames.rename(object.definition(), mode, back);
    String name = object.kind().equals(Kind.SCHEMA) ? source(object.name()) : object.name();
    return new SchemaObject(
        object.kind(),
        source(object.schema()),
        name,
        object.kind().equals(Kind.SCHEMA)
            ? definition.replace(Sql.name(object.name()), Sql.name(name))
            : definition,
        object.context());
  }

  /** A table's definition with the names that its foreign keys will find. */
  String rewriteTable(String definition) {
    return QualifiedNames.rename(definition, "", there);
  }

  static <T> Map<TableName, T> byName(List<T> all, Function<T, TableName> name) {
    return all.stream().collect(Collectors.toMap(name, t -> t, (a, b) -> b, HashMap::new));
  }
}
