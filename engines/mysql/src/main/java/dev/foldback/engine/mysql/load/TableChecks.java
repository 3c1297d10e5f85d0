package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.ddl.TableCrossing;
import dev.foldback.engine.mysql.ddl.TableNeeds;
import dev.foldback.engine.mysql.ddl.TableStatement;
import dev.foldback.engine.mysql.ddl.Translation;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the target has what a table's definition names. */
final class TableChecks {

  /** How MariaDB stores a table; MySQL refuses these words. */
  private static final Set<String> MARIADB_OPTIONS =
      Set.of(
          "PAGE_COMPRESSED",
          "PAGE_COMPRESSION_LEVEL",
          "ENCRYPTED",
          "ENCRYPTION_KEY_ID",
          "TRANSACTIONAL",
          "PAGE_CHECKSUM",
          "IETF_QUOTES");

  private final Flavor flavor;
  private final LoadRequest request;
  private final List<Finding> findings;
  private final Set<String> engines = new HashSet<>();
  private final Set<String> parsers = new HashSet<>();
  private final Set<String> collations;
  private final Translation translation;
  private final Optional<Trial> trial;

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
    this.translation = Translation.of(request.source().family(), flavor.family(), collations);
    this.trial = Trial.of(db, flavor, request);
  }

  Translation translation() {
    return translation;
  }

  void check(SchemaObject table) {
    int before = findings.size();
    named(table);
    boolean refused =
        findings.subList(before, findings.size()).stream()
            .anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    if (!refused) {
      trial
          .flatMap(t -> t.refusal(translation.table(table.definition())))
          .ifPresent(
              why ->
                  findings.add(
                      Finding.error(
                          "not-supported",
                          table.label(),
                          "has a definition that the target refuses: " + why,
                          "Restore to a server of the source's kind, or exclude the table.")));
    }
  }

  private void named(SchemaObject table) {
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
    for (String column : needs.types(missingTypes())) {
      error(table, "has the column " + column + ", a type", "Restore to a server that has it");
    }
    if (!flavor.mariaDb() && request.source().family().equals("mariadb")) {
      fromMariaDb(table, needs);
    }
    if (flavor.mariaDb() && request.source().family().equals("mysql")) {
      fromMySql(table, needs);
    }
  }

  /** Collations that a schema, program or view names or runs under. */
  void collations(SchemaObject program) {
    Set<String> named =
        new TreeSet<>(
            new TableNeeds(program.definition(), program.context().getOrDefault("sql_mode", ""))
                .collations());
    for (String key : List.of("collation_connection", "database_collation")) {
      named.add(program.context().getOrDefault(key, ""));
    }
    named.removeIf(c -> c.isEmpty() || c.contains("(") || translation.nearest(c).equals(c));
    if (!named.isEmpty()) {
      findings.add(
          Finding.warning(
              "collation-changed",
              program.label(),
              "gets the nearest collation of the target in place of "
                  + String.join(", ", named)
                  + ", which it lacks; comparisons of texts in it can differ",
              ""));
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

  /** Types that some server of the two families has and this one has not. */
  private Set<String> missingTypes() {
    Set<String> missing = new TreeSet<>(Set.of("xmltype"));
    if (!flavor.mariaDbAtLeast(10, 7, 0)) {
      missing.add("uuid");
    }
    if (!flavor.mariaDbAtLeast(10, 10, 0)) {
      missing.add("inet4");
    }
    if (!flavor.mariaDb()) {
      missing.add("inet6");
    }
    if (!flavor.mariaDbAtLeast(11, 7, 0) && !flavor.mySqlAtLeast(9, 0, 0)) {
      missing.add("vector");
    }
    if (flavor.mariaDbAtLeast(12, 3, 0)) {
      missing.remove("xmltype");
    }
    return missing;
  }

  private void fromMySql(SchemaObject table, TableNeeds needs) {
    TableCrossing crossing = new TableCrossing(table.definition());
    for (String check : crossing.uncheckable()) {
      findings.add(
          Finding.warning(
              "check-dropped",
              table.label(),
              "comes without the constraint " + check + ", which is NOT ENFORCED; MariaDB would",
              ""));
    }
    if (needs.option("ENCRYPTION").filter("Y"::equalsIgnoreCase).isPresent()) {
      findings.add(
          Finding.warning(
              "encryption-dropped",
              table.label(),
              "is encrypted on the source; on the target only what its own settings encrypt is",
              "ALTER TABLE … ENCRYPTED=YES once the target has a key management plugin."));
    }
    for (String option : crossing.storageOptions()) {
      findings.add(
          Finding.warning(
              "option-dropped",
              table.label(),
              "comes without " + option + ", which MariaDB does not know",
              ""));
    }
    if (TableStatement.parse(table.definition()).hasComputedIndex()) {
      error(table, "has an index over an expression,", "Restore to MySQL");
    }
    if (crossing.hasGeneratedPrimaryKey()) {
      error(table, "has a primary key over a generated column,", "Restore to MySQL");
    }
    for (String column : crossing.neverNull()) {
      findings.add(
          Finding.warning(
              "not-null-dropped",
              table.label(),
              "comes with the generated column " + column + " without its NOT NULL",
              ""));
    }
    for (String column : needs.types(Set.of("vector"))) {
      error(
          table,
          "has the column " + column + " of as many numbers as a row likes,",
          "Restore to MySQL");
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
    if (needs.hasWords("NEXTVAL", "(") || needs.hasWords("NEXT", "VALUE")) {
      error(table, "takes a default from a sequence,", "Restore to MariaDB");
    }
    if (needs.hasWords("VECTOR", "KEY")) {
      error(table, "has an index over vectors,", "Restore to MariaDB");
    }
    for (String option : MARIADB_OPTIONS) {
      if (needs.option(option).isPresent()) {
        error(table, "has the option " + option, "Restore to MariaDB");
      }
    }
    TableCrossing crossing = new TableCrossing(table.definition());
    if (crossing.hasDefaultPartition()) {
      error(table, "has a DEFAULT partition,", "Restore to MariaDB");
    }
    if (crossing.isPartitioned() && needs.engines().stream().anyMatch(e -> !isInnoDb(e))) {
      error(table, "has partitions in an engine other than InnoDB,", "Restore to MariaDB");
    }
    if (crossing.hasHashedUniqueKey()
        && needs.engines().stream().noneMatch("MEMORY"::equalsIgnoreCase)) {
      error(table, "has a unique key over long values,", "Restore to MariaDB");
    }
    if (needs.hasWords("SYSTEM", "VERSIONING")) {
      error(table, "is system-versioned,", "Restore to MariaDB");
    }
    if (needs.hasWords("WITHOUT", "OVERLAPS") || needs.hasWords("PERIOD", "FOR")) {
      error(table, "has a period,", "Restore to MariaDB");
    }
  }

  private static boolean isInnoDb(String engine) {
    return engine.equalsIgnoreCase("InnoDB");
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
