package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.GrantStatement;
import dev.foldback.engine.mysql.ddl.ViewStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Views that refer to tables, columns or functions that are not there: the server refuses to create
 * them, though it kept them when these went. Stand-ins with what the view names let it in, and are
 * dropped again; the view is then as invalid as it was on the source. It is made before the tables
 * that do exist, because these lack columns that it names. Rights on tables that went get stand-ins
 * too.
 */
final class StandIns {
  private final ProgramSession session;
  private final ProgramText text;

  StandIns(ProgramSession session, ProgramText text) {
    this.session = session;
    this.text = text;
  }

  /**
   * Makes what it can of the invalid views.
   *
   * @return those that are made
   */
  Set<SchemaObject> first(List<SchemaObject> invalid, Rounds rounds) throws SQLException {
    List<TableName> made = new ArrayList<>();
    List<TableName> functions = new ArrayList<>();
    try {
      Set<TableName> awaited = views(Set.copyOf(invalid));
      for (SchemaObject view : invalid) {
        makeMissing(view, awaited, made);
        makeFunctions(view, functions);
      }
      rounds.run(invalid);
    } finally {
      drop("TABLE", made);
      drop("FUNCTION", functions);
    }
    Set<SchemaObject> done = new HashSet<>(invalid);
    done.removeAll(rounds.failed());
    return done;
  }

  private void makeFunctions(SchemaObject view, List<TableName> made) {
    Map<TableName, Integer> called = ViewStatement.functions(text.sql(view), text.schema(view));
    for (Map.Entry<TableName, Integer> function : called.entrySet()) {
      if (makeFunction(function.getKey(), function.getValue())) {
        made.add(function.getKey());
      }
    }
  }

  private boolean makeFunction(TableName function, int arguments) {
    String types =
        IntStream.range(0, arguments)
            .mapToObj(i -> "a" + i + " longtext")
            .collect(Collectors.joining(","));
    String name = Sql.name(function.schema(), function.table());
    String body = " RETURNS longtext DETERMINISTIC NO SQL RETURN NULL";
    try {
      session.db().run("CREATE FUNCTION " + name + "(" + types + ")" + body);
      return true;
    } catch (SQLException e) {
      // It is there, or may not be made: then the view is tried again with the others.
      return false;
    }
  }

  private void drop(String what, List<TableName> names) throws SQLException {
    for (TableName name : names) {
      session.db().run("DROP " + what + " " + Sql.name(name.schema(), name.table()));
    }
  }

  void run(Rounds rounds) throws SQLException {
    Set<SchemaObject> failed = Set.copyOf(rounds.failed());
    List<TableName> made = new ArrayList<>();
    Set<String> schemas = new HashSet<>();
    try {
      Set<TableName> awaited = views(failed);
      for (SchemaObject object : failed) {
        if (object.kind().equals(Kind.VIEW)) {
          makeMissing(object, awaited, made);
        }
      }
      for (Map.Entry<TableName, Set<String>> table : granted(failed).entrySet()) {
        makeSchema(table.getKey().schema(), schemas);
        if (!session.db().has("TABLE", table.getKey())
            && make(table.getKey(), List.copyOf(table.getValue()))) {
          made.add(table.getKey());
        }
      }
      rounds.run(List.of());
    } finally {
      drop("TABLE", made);
      dropEmpty(schemas);
    }
    rounds.tellFailed();
  }

  /** Tables that rights outlived, with the columns that these name. */
  private Map<TableName, Set<String>> granted(Set<SchemaObject> failed) {
    Map<TableName, Set<String>> tables = new TreeMap<>();
    for (SchemaObject object : failed) {
      if (object.kind().equals("grant")) {
        GrantStatement.parse(text.sql(object))
            .ifPresent(
                grant ->
                    grant
                        .table()
                        .ifPresent(
                            table ->
                                tables
                                    .computeIfAbsent(table, t -> new TreeSet<>())
                                    .addAll(grant.columns())));
      }
    }
    return tables;
  }

  private void makeSchema(String schema, Set<String> made) {
    try {
      session.db().run("CREATE DATABASE " + Sql.name(schema));
      made.add(schema);
    } catch (SQLException e) {
      // It is there, or may not be made: then the rights stay out, and are named.
    }
  }

  private void dropEmpty(Set<String> schemas) throws SQLException {
    for (String schema : schemas) {
      String tables = "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA=";
      if (session.db().value(tables + Sql.text(schema)).equals("0")) {
        session.db().run("DROP DATABASE " + Sql.name(schema));
      }
    }
  }

  /** Views that will take these names themselves once they can. */
  private Set<TableName> views(Set<SchemaObject> objects) {
    Set<TableName> names = new HashSet<>();
    for (SchemaObject object : objects) {
      if (object.kind().equals(Kind.VIEW)) {
        names.add(text.target(object));
      }
    }
    return names;
  }

  private void makeMissing(SchemaObject view, Set<TableName> awaited, List<TableName> made)
      throws SQLException {
    Map<TableName, List<String>> named = ViewStatement.tables(text.sql(view), text.schema(view));
    for (Map.Entry<TableName, List<String>> table : named.entrySet()) {
      boolean missing =
          !awaited.contains(table.getKey()) && !session.db().has("TABLE", table.getKey());
      if (missing && make(table.getKey(), table.getValue())) {
        made.add(table.getKey());
      }
    }
  }

  private boolean make(TableName name, List<String> columns) {
    List<String> definitions = columns.stream().map(c -> Sql.name(c) + " int").toList();
    try {
      session
          .db()
          .run(
              "CREATE TABLE "
                  + Sql.name(name.schema(), name.table())
                  + " ("
                  + (definitions.isEmpty() ? "`c` int" : String.join(",", definitions))
                  + ")");
      return true;
    } catch (SQLException e) {
      // Its schema is missing too, or may not be written: then the view stays out, and is named.
      return false;
    }
  }
}
