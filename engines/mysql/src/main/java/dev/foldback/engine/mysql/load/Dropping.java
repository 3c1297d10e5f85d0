package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadPlan;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes what stands where the restore will create: what the plan said it replaces, and what an
 * earlier run of the same restore left unfinished. Tables that run finished stay.
 */
final class Dropping {
  private final Db db;
  private final LoadPlan plan;

  Dropping(Db db, LoadPlan plan) {
    this.db = db;
    this.plan = plan;
  }

  void run() throws SQLException {
    Set<String> schemas = new TreeSet<>();
    for (SchemaObject object : plan.objects()) {
      schemas.add(Kind.target(object, plan.request().renames()).schema());
    }
    schemas.remove("");
    Existing existing = Existing.read(db, schemas);
    for (SchemaObject object : plan.objects()) {
      drop(object, existing);
    }
  }

  private void drop(SchemaObject object, Existing existing) throws SQLException {
    TableName target = Kind.target(object, plan.request().renames());
    String name = Sql.name(target.schema(), target.table());
    switch (Kind.space(object.kind())) {
      case TABLE -> {
        boolean stays =
            object.kind().equals(Kind.TABLE)
                && plan.loaded().contains(new TableName(object.schema(), object.name()));
        if (!stays && existing.table(target).isPresent()) {
          db.run("DROP " + word(existing.table(target).get()) + " IF EXISTS " + name);
        }
      }
      case PROGRAM -> {
        if (existing.program(object.kind(), target.schema(), target.table())) {
          db.run("DROP " + object.kind().toUpperCase(Locale.ROOT) + " IF EXISTS " + name);
        }
      }
      case ACCOUNT, OTHER -> {}
    }
  }

  private static String word(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "VIEW" -> "VIEW";
      case "SEQUENCE" -> "SEQUENCE";
      default -> "TABLE";
    };
  }
}
