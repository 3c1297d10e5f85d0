package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ViewStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Views that refer to tables that are not there: the server refuses to create them, though it kept
 * them when the table went. A stand-in with the columns that the view names lets it in, and is
 * dropped again; the view is then as invalid as it was on the source.
 */
final class StandIns {
  private final ProgramSession session;
  private final ProgramText text;

  StandIns(ProgramSession session, ProgramText text) {
    this.session = session;
    this.text = text;
  }

  void run(Rounds rounds) throws SQLException {
    Set<SchemaObject> failed = Set.copyOf(rounds.failed());
    List<TableName> made = new ArrayList<>();
    try {
      Set<TableName> awaited = views(failed);
      for (SchemaObject object : failed) {
        if (object.kind().equals(Kind.VIEW)) {
          makeMissing(object, awaited, made);
        }
      }
      rounds.run(List.of());
    } finally {
      for (TableName table : made) {
        session.db().run("DROP TABLE " + Sql.name(table.schema(), table.table()));
      }
    }
    rounds.tellFailed();
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
      boolean missing = !awaited.contains(table.getKey()) && !exists(table.getKey());
      if (missing && make(table.getKey(), table.getValue())) {
        made.add(table.getKey());
      }
    }
  }

  private boolean exists(TableName name) throws SQLException {
    return !session
        .db()
        .value(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA="
                + Sql.text(name.schema())
                + " AND TABLE_NAME="
                + Sql.text(name.table()))
        .equals("0");
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
