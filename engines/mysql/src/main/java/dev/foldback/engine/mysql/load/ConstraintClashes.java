package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.ddl.NamedConstraints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks and foreign keys whose names another table of the same schema has too. MySQL keeps the
 * names of checks once a schema, and all but MariaDB from 12.1 on those of foreign keys. The second
 * comes without its name.
 */
final class ConstraintClashes {
  private final Flavor flavor;
  private final LoadRequest request;
  private final List<Finding> findings;
  private final Set<List<String>> seen = new HashSet<>();

  ConstraintClashes(Flavor flavor, LoadRequest request, List<Finding> findings) {
    this.flavor = flavor;
    this.request = request;
    this.findings = findings;
  }

  List<SchemaObject> settle(List<SchemaObject> objects) {
    List<SchemaObject> settled = new ArrayList<>();
    for (SchemaObject object : objects) {
      boolean named =
          object.kind().equals(Kind.TABLE) && object.definition().contains("CONSTRAINT `");
      settled.add(named ? settle(object) : object);
    }
    return settled;
  }

  private SchemaObject settle(SchemaObject table) {
    NamedConstraints names = new NamedConstraints(table.definition());
    String schema = Kind.target(table, request.renames()).schema();
    Set<String> checks = new HashSet<>();
    if (!flavor.mariaDb()) {
      // MariaDB's own names, which repeat in every table, go anyway.
      boolean own = request.source().family().equals("mariadb");
      names.checks().stream()
          .filter(n -> !(own && n.matches("CONSTRAINT_\\d+")))
          .filter(n -> isTaken("check", schema, n))
          .forEach(checks::add);
    }
    Set<String> keys = new HashSet<>();
    if (flavor.hasForeignKeyNamesOncePerSchema()) {
      names.foreignKeys().stream().filter(n -> isTaken("key", schema, n)).forEach(keys::add);
    }
    if (checks.isEmpty() && keys.isEmpty()) {
      return table;
    }
    List<String> all = new ArrayList<>(checks);
    all.addAll(keys);
    findings.add(
        Finding.warning(
            "constraint-renamed",
            table.label(),
            "gets another name for "
                + String.join(", ", all)
                + ", because another table of the schema has that name too, which the target does"
                + " not allow",
            ""));
    return new SchemaObject(
        table.kind(), table.schema(), table.name(), names.without(checks, keys), table.context());
  }

  private boolean isTaken(String kind, String schema, String name) {
    return !seen.add(List.of(kind, schema, name.toLowerCase(Locale.ROOT)));
  }
}
