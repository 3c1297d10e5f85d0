package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.ddl.TableNeeds;
import dev.foldback.engine.mysql.ddl.TableStatement;
import dev.foldback.engine.mysql.ddl.Translation;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the target has what a table's definition names. */
final class TableChecks {
  /** Types of MariaDB that MySQL lacks. */
  private static final Set<String> MARIADB_TYPES = Set.of("uuid", "inet6", "inet4", "xmltype");

  private final Flavor flavor;
  private final LoadRequest request;
  private final List<Finding> findings;
  private final Set<String> engines = new HashSet<>();
  private final Set<String> parsers = new HashSet<>();
  private final Set<String> collations;
  private final Translation translation;

  TableChecks(Db db, Flavor flavor, LoadRequest request, List<Finding> findings)
      throws SQLException {
    this.flavor = flavor;
    this.request = request;
    this.findings = findings;
    for (List<String> row : db.rows("SELECT ENGINE, SUPPORT FROM information_schema.ENGINES")) {
      if (!row.get(1).equals("NO") && !row.get(1).equals("DISABLED")) {
        engines.add(row.get(0).toLowerCase(Locale.ROOT));
      }
    }
    parsers.addAll(
        db.column(
            "SELECT LOWER(PLUGIN_NAME) FROM information_schema.PLUGINS WHERE"
                + " PLUGIN_TYPE='FTPARSER' AND PLUGIN_STATUS='ACTIVE'"));
    this.collations = TargetCollations.read(db, flavor);
    this.translation = new Translation(collations);
  }

  void check(SchemaObject table) {
    TableNeeds needs = new TableNeeds(table.definition());
    for (String engine : needs.engines()) {
      if (!engines.contains(engine.toLowerCase(Locale.ROOT))) {
        error(table, "needs the storage engine " + engine, "Install its plugin on the target");
      }
    }
    for (String parser : needs.parsers()) {
      if (!parsers.contains(parser.toLowerCase(Locale.ROOT))) {
        error(table, "needs the FULLTEXT parser " + parser, "Install its plugin on the target");
      }
    }
    for (String collation : needs.collations()) {
      collation(table, collation);
    }
    if (!flavor.mariaDb() && request.source().family().equals("mariadb")) {
      fromMariaDb(table, needs);
    }
    if (flavor.mariaDb() && request.source().family().equals("mysql")) {
      fromMySql(table);
    }
  }

  private void collation(SchemaObject table, String collation) {
    String nearest = translation.nearest(collation);
    if (collations.contains(collation)) {
      return;
    }
    if (nearest.equals(collation)) {
      error(table, "needs the collation " + collation, "Restore to a version that has it");
    } else {
      findings.add(
          Finding.warning(
              "collation-changed",
              table.label(),
              "gets the collation "
                  + nearest
                  + " in place of "
                  + collation
                  + ", which the target lacks; order and equality of some texts can differ",
              "Look at unique keys over texts."));
    }
  }

  private void fromMySql(SchemaObject table) {
    if (TableStatement.parse(table.definition()).hasComputedIndex()) {
      error(table, "has an index over an expression,", "Restore to MySQL");
    }
    if (table.definition().contains(" SRID ")) {
      findings.add(
          Finding.warning(
              "srid-dropped",
              table.label(),
              "has a column bound to one SRID, which MariaDB does not know; its values keep theirs",
              ""));
    }
  }

  private void fromMariaDb(SchemaObject table, TableNeeds needs) {
    for (String column : needs.types(MARIADB_TYPES)) {
      error(table, "has the column " + column + ", a type", "Restore to MariaDB");
    }
    if (needs.hasWords("SYSTEM", "VERSIONING")) {
      error(table, "is system-versioned,", "Restore to MariaDB");
    }
    if (needs.hasWords("WITHOUT", "OVERLAPS") || needs.hasWords("PERIOD", "FOR")) {
      error(table, "has a period,", "Restore to MariaDB");
    }
  }

  private void error(SchemaObject table, String what, String instead) {
    findings.add(
        Finding.error(
            "not-supported",
            table.label(),
            what + " that the target does not have",
            instead + ", or exclude the table."));
  }
}
