package dev.foldback.engine.mysql.load;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.Context;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.SchemaStatement;
import dev.foldback.engine.mysql.ddl.TableNeeds;
import dev.foldback.engine.mysql.ddl.TableStatement;
import dev.foldback.engine.mysql.ddl.Translation;
import dev.foldback.engine.mysql.rows.TooLarge;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the target can't do or does otherwise, item by item, before anything is written. */
final class TargetChecks {
  private static final Set<String> MARIADB_KINDS = Set.of(Kind.SEQUENCE, "package", "package body");

  private static final Set<String> WITH_COLLATIONS =
      Set.of(
          Kind.SCHEMA,
          "function",
          "procedure",
          "package",
          "package body",
          Kind.VIEW,
          Kind.TRIGGER,
          Kind.EVENT);

  private final Db db;
  private final Flavor flavor;
  private final Sessions sessions;
  private final LoadRequest request;
  private final Existing existing;
  private final List<Finding> findings = new ArrayList<>();

  TargetChecks(Db db, Flavor flavor, Sessions sessions, LoadRequest request, Existing existing) {
    this.db = db;
    this.flavor = flavor;
    this.sessions = sessions;
    this.request = request;
    this.existing = existing;
  }

  List<Finding> of(List<SchemaObject> objects, List<TableDefinition> tables) throws SQLException {
    settings(objects, tables);
    packets(tables);
    List<SchemaObject> definitions =
        objects.stream().filter(o -> o.kind().equals(Kind.TABLE)).toList();
    TableChecks checks = new TableChecks(db, flavor, request, findings);
    definitions.forEach(checks::check);
    objects.stream().filter(o -> WITH_COLLATIONS.contains(o.kind())).forEach(checks::collations);
    objects.forEach(this::family);
    objects.stream().filter(o -> o.kind().equals(Kind.SCHEMA)).forEach(this::schemaOptions);
    definitions.forEach(d -> references(d, names(definitions)));
    collisions(objects);
    oldNames(objects, checks.translation());
    definers(objects);
    referenceSystems(objects);
    folders(definitions);
    timeZones(objects);
    findings.addAll(new RightsCheck(db, flavor, request.renames()).missing(objects));
    return findings;
  }

  /** Kinds of objects that one family lacks. */
  private void family(SchemaObject object) {
    boolean oracle = object.context().getOrDefault(Context.SQL_MODE, "").contains("ORACLE");
    if (flavor.mariaDb()
        ? object.kind().equals("library")
        : MARIADB_KINDS.contains(object.kind()) || (oracle && !object.schema().isEmpty())) {
      // A trigger is selected with its table alone.
      String name =
          Kind.isOnTable(object) ? "its table " + Kind.table(object) : "the " + object.kind();
      findings.add(
          Finding.error(
              "not-supported",
              object.label(),
              (oracle ? "is written in the language of sql_mode ORACLE" : "is of a kind")
                  + " that the target does not have",
              "Restore to "
                  + (flavor.mariaDb() ? "MySQL" : "MariaDB")
                  + ", or exclude "
                  + name
                  + "."));
    }
  }

  /** What only the other family's schemas have. */
  private void schemaOptions(SchemaObject schema) {
    boolean readOnly = flavor.mariaDb() && "yes".equals(schema.context().get(Context.READ_ONLY));
    boolean comment = !flavor.mariaDb() && SchemaStatement.hasComment(schema.definition());
    if (readOnly || comment) {
      findings.add(
          Finding.warning(
              "option-dropped",
              schema.label(),
              "comes without "
                  + (readOnly ? "READ ONLY=1" : "its comment")
                  + ", which the target does not know",
              readOnly ? "Take the right to write there from the accounts." : ""));
    }
  }

  private static Set<TableName> names(List<SchemaObject> definitions) {
    Set<TableName> names = new HashSet<>();
    definitions.forEach(d -> names.add(new TableName(d.schema(), d.name())));
    return names;
  }

  private void settings(List<SchemaObject> objects, List<TableDefinition> tables)
      throws SQLException {
    if (!db.value("SELECT @@log_bin").equals("1")) {
      // Nothing to say.
    } else if (sessions.accepted("sql_log_bin=0")) {
      findings.add(
          Finding.info(
              "binlog-off",
              "",
              "the restore is not written to the target's binary log; its replicas, if it has any,"
                  + " do not get it"));
    } else {
      findings.add(
          Finding.info(
              "binlog-kept",
              "",
              "the restore is written to the target's binary log as well, "
                  + (sessions.logged()
                      ? "so that its replicas and captures follow"
                      : "because the account may not turn it off")));
      if (sessions.logged() && !db.value("SELECT @@binlog_format").equals("ROW")) {
        findings.add(
            Finding.warning(
                "binlog-format",
                "",
                "rows go to the log as statements, which no capture can fold",
                "SET GLOBAL binlog_format='ROW'; or take a snapshot after the restore."));
      }
    }
    if (!tables.isEmpty() && db.value("SELECT @@local_infile").equals("0")) {
      findings.add(
          Finding.warning(
              "local-infile-off",
              "",
              "the target does not allow LOAD DATA LOCAL; "
                  + (flavor.mariaDb() ? "large rows and tables without transactions" : "rows")
                  + " go in by INSERT, which is slower",
              "SET GLOBAL local_infile=1;"));
    }
    boolean revokes =
        objects.stream().anyMatch(o -> Kind.owner(o).isPresent() && isRevoke(o.definition()));
    if (revokes && !flavor.mariaDb() && !db.value("SELECT @@partial_revokes").equals("1")) {
      findings.add(
          Finding.error(
              "partial-revokes-off",
              "",
              "accounts have rights with exceptions (partial revokes), which the target would drop:"
                  + " they would get more rights than they had",
              "SET PERSIST partial_revokes=ON;"));
    }
    boolean events = objects.stream().anyMatch(o -> "ENABLED".equals(status(o)));
    if (events && !db.value("SELECT @@event_scheduler").equalsIgnoreCase("ON")) {
      findings.add(
          Finding.warning(
              "event-scheduler-off",
              "",
              "events are restored, but none will run on the target",
              "SET GLOBAL event_scheduler=ON;"));
    }
    boolean history =
        tables.stream()
            .anyMatch(
                t ->
                    TableProperties.VERSIONED_HISTORY.equals(
                        t.properties().get(TableProperties.VERSIONED)));
    if (history && flavor.mariaDb() && !sessions.accepted("system_versioning_insert_history=1")) {
      findings.add(
          Finding.error(
              "history-not-loadable",
              "",
              "the target can't take the history of system-versioned tables",
              "Restore to MariaDB 10.11 or newer, or exclude these tables."));
    }
  }

  /**
   * LOAD DATA takes values of any size, but INSERT only what fits into a packet, and MySQL makes
   * JSON only of texts that do.
   */
  private void packets(List<TableDefinition> tables) throws SQLException {
    long packet = Long.parseLong(db.value("SELECT @@max_allowed_packet"));
    boolean inserts = db.value("SELECT @@local_infile").equals("0");
    for (TableDefinition table : tables) {
      long largest = request.largestRows().getOrDefault(table.name(), 0L);
      boolean bound = inserts || (!flavor.mariaDb() && hasJson(table));
      if (bound && largest > packet) {
        findings.add(
            Finding.error(
                ErrorCode.VALUE_TOO_LARGE.code(),
                table.name().toString(),
                "has a row of "
                    + largest
                    + " bytes or more, but the target's max_allowed_packet is "
                    + packet,
                TooLarge.HINT));
      }
    }
  }

  private static boolean hasJson(TableDefinition table) {
    return table.columns().stream().anyMatch(c -> c.encoding() == ColumnLayout.Encoding.JSON);
  }

  private static boolean isRevoke(String sql) {
    return sql.startsWith("REVOKE ");
  }

  private static String status(SchemaObject object) {
    return object.kind().equals(Kind.EVENT)
        ? object.context().getOrDefault(Context.STATUS, "")
        : "";
  }

  /** Foreign keys to tables that are neither restored nor there. */
  private void references(SchemaObject table, Set<TableName> restored) {
    for (String[] to : TableStatement.parse(table.definition()).references()) {
      TableName old = new TableName(to[0].isEmpty() ? table.schema() : to[0], to[1]);
      if (!restored.contains(old) && existing.table(request.renames().table(old)).isEmpty()) {
        findings.add(
            Finding.warning(
                "parent-missing",
                table.label(),
                "has a foreign key to "
                    + old
                    + ", which is not part of this restore; nothing holds its rows to it until that"
                    + " table is there",
                "Include " + old + " as well."));
      }
    }
  }

  /** Numbers that mean something else on the target. */
  private void referenceSystems(List<SchemaObject> objects) throws SQLException {
    for (SchemaObject system : objects) {
      if (!system.kind().equals(Kind.REFERENCE_SYSTEM)) {
        continue;
      }
      String there =
          db.value(
              "SELECT DEFINITION FROM information_schema.ST_SPATIAL_REFERENCE_SYSTEMS WHERE SRS_ID="
                  + Sql.text(system.name()));
      if (!there.isEmpty() && !there.equals(system.context().get(Context.DATA))) {
        findings.add(
            Finding.error(
                "reference-system-differs",
                system.label(),
                "is defined otherwise on the target; spatial values of this number would mean"
                    + " another place there",
                "Drop it there, where nothing uses it, or restore to another server."));
      }
    }
  }

  /** Files outside of the server's own folder: InnoDB of MySQL must know of their folders. */
  private void folders(List<SchemaObject> tables) throws SQLException {
    for (SchemaObject table : tables) {
      TableNeeds needs = new TableNeeds(table.definition());
      Set<String> folders = needs.folders();
      if (folders.isEmpty()) {
        continue;
      }
      String named = String.join(", ", folders);
      boolean innoDb = needs.engines().stream().anyMatch("InnoDB"::equalsIgnoreCase);
      if (flavor.mariaDb() || !innoDb || knownFolders().containsAll(folders)) {
        findings.add(
            Finding.info(
                "folder-needed",
                table.label(),
                "keeps files in " + named + "; the target must be able to write there"));
      } else {
        findings.add(
            Finding.error(
                "folder-unknown",
                table.label(),
                "keeps files in " + named + ", which the target's innodb_directories does not name",
                "Start the target with that folder in --innodb-directories, or exclude the"
                    + " table."));
      }
    }
  }

  /** Events in time zones that the target can't tell. */
  private void timeZones(List<SchemaObject> objects) throws SQLException {
    Map<String, Boolean> known = new HashMap<>(Map.of("SYSTEM", true, "", true));
    for (SchemaObject object : objects) {
      String zone = object.context().getOrDefault(Context.TIME_ZONE, "");
      if (!known.containsKey(zone)) {
        String there = "SELECT CONVERT_TZ('2020-01-01', '+00:00', " + Sql.text(zone) + ") IS NULL";
        known.put(zone, db.value(there).equals("0"));
      }
      if (!known.get(zone)) {
        findings.add(
            Finding.warning(
                "time-zone-missing",
                object.label(),
                "runs in the time zone "
                    + zone
                    + ", which the target does not know: it can't be"
                    + " created there",
                "Load the zones first: "
                    + (flavor.mariaDb() ? "mariadb-tzinfo-to-sql" : "mysql_tzinfo_to_sql")
                    + " /usr/share/zoneinfo | … mysql"));
      }
    }
  }

  private Set<String> knownFolders() throws SQLException {
    Set<String> known = new HashSet<>();
    for (String folder : db.value("SELECT @@innodb_directories").split(";", -1)) {
      known.add(folder.endsWith("/") ? folder : folder + "/");
    }
    return known;
  }

  /** What a rename can't reach for certain. */
  private void oldNames(List<SchemaObject> objects, Translation translation) {
    ProgramText text = new ProgramText(flavor, request, () -> translation);
    for (SchemaObject object : objects) {
      List<String> left = text.left(object);
      if (!left.isEmpty()) {
        findings.add(
            Finding.warning(
                "old-name-kept",
                object.label(),
                "keeps " + String.join(", ", left),
                "Look at its body once it is restored, and change what means the old name."));
      }
    }
  }

  /** Names that become one on the target: by a rename, or because it ignores case in names. */
  private void collisions(List<SchemaObject> objects) {
    Map<String, String> schemas = new HashMap<>();
    Map<String, SchemaObject> seen = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (SchemaObject object : objects) {
      TableName target = Kind.target(object, request.renames());
      String schema =
          object.kind().equals(Kind.SCHEMA)
              ? request.renames().schema(object.name())
              : target.schema();
      String folded = existing.folded(new TableName(schema, "")).schema();
      String same = schemas.putIfAbsent(folded, schema);
      if (same != null && !same.equals(schema) && told.add(schema)) {
        collision("schema " + schema, "schema " + same);
      }
      Kind.Space space = Kind.space(object.kind());
      if (space == Kind.Space.TABLE || space == Kind.Space.PROGRAM) {
        SchemaObject other = seen.put(existing.key(object.kind(), target), object);
        if (other != null) {
          collision(object.label(), other.label());
        }
      }
    }
  }

  private void collision(String one, String other) {
    findings.add(
        Finding.error(
            "names-collide",
            one,
            "and " + other + " are one name on the target",
            "Restore one of them under another name with --rename, or exclude it."));
  }

  /** Definers that will not be there. */
  private void definers(List<SchemaObject> objects) {
    if (existing.accounts().isEmpty()) {
      return;
    }
    Set<String> known = new TreeSet<>(existing.accounts());
    objects.stream()
        .filter(o -> Kind.space(o.kind()) == Kind.Space.ACCOUNT)
        .forEach(o -> known.add(Kind.account(o)));
    Map<String, Set<String>> missing = new TreeMap<>();
    for (SchemaObject object : objects) {
      Definers.of(object)
          .filter(d -> !known.contains(d))
          .ifPresent(d -> missing.computeIfAbsent(d, x -> new TreeSet<>()).add(object.label()));
    }
    missing.forEach(
        (definer, named) ->
            findings.add(
                Finding.warning(
                    "definer-missing",
                    "user " + definer,
                    "is the definer of "
                        + String.join(", ", named.stream().limit(5).toList())
                        + (named.size() > 5 ? " and " + (named.size() - 5) + " more" : "")
                        + ", but is not on the target; these are created, and fail when they are"
                        + " used",
                    String.format(Locale.ROOT, "CREATE USER %s …", definer))));
  }
}
