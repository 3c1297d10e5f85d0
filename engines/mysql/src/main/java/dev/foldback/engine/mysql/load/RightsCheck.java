package dev.foldback.engine.mysql.load;

import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.catalog.Privileges;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rights that the restore will need and the account lacks, each with the exact GRANT: without them
 * it would end in the middle. On the server, in every schema that it writes to, and in that of its
 * note.
 */
final class RightsCheck {
  private static final Set<String> PROGRAMS = Set.of("function", "trigger");
  private static final List<String> NOTE = List.of("SELECT", "INSERT", "UPDATE", "CREATE", "DROP");

  private final Db db;
  private final Flavor flavor;
  private final Renames renames;
  private final Privileges privileges;
  private final String account;
  private final List<Finding> findings = new ArrayList<>();

  RightsCheck(Db db, Flavor flavor, Renames renames) throws SQLException {
    this.db = db;
    this.flavor = flavor;
    this.renames = renames;
    String roles = db.value("SELECT CURRENT_ROLE()");
    // MySQL lists what comes through roles only when they are named.
    String using = roles.startsWith("`") ? " FOR CURRENT_USER() USING " + roles : "";
    this.privileges = new Privileges(db.column("SHOW GRANTS" + using));
    this.account = quoted(db.value("SELECT CURRENT_USER()"));
  }

  List<Finding> missing(List<SchemaObject> objects) throws SQLException {
    Set<String> global = new LinkedHashSet<>();
    Map<String, Set<String>> schemas = new TreeMap<>();
    for (SchemaObject object : objects) {
      if (object.schema().isEmpty()) {
        global.addAll(onServer(object.kind()));
      } else {
        TableName name = Kind.target(object, renames);
        for (String right : inSchema(object.kind())) {
          if (!privileges.on(name.schema(), name.table(), right)) {
            schemas.computeIfAbsent(name.schema(), s -> new LinkedHashSet<>()).add(right);
          }
        }
      }
    }
    Set<String> note = new LinkedHashSet<>(NOTE);
    note.removeIf(right -> privileges.on(RestoreNote.SCHEMA, right));
    if (!note.isEmpty()) {
      schemas.put(RestoreNote.SCHEMA, note);
    }
    global.removeIf(privileges::global);
    tell(global, schemas);
    grants(objects);
    definers(objects);
    binaryLog(objects);
    return findings;
  }

  /**
   * What a restore in place takes besides: to put aside, to keep, and to bring in.
   *
   * @param inPlace the schemas whose tables change places
   */
  List<Finding> missingInPlace(Set<String> inPlace) {
    for (String schema : inPlace) {
      lacking(schema, pattern(schema), "that schema", List.of("LOCK TABLES"));
    }
    lacking(
        OwnSchemas.KEPT,
        "`foldback\\_kept%`",
        "what is put aside",
        List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER"));
    lacking(
        OwnSchemas.SWAPPED_IN,
        "`foldback\\_swap\\_%`",
        "what is loaded beside",
        List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "CREATE",
            "DROP",
            "ALTER",
            "INDEX",
            "REFERENCES",
            "LOCK TABLES"));
    return findings;
  }

  private void lacking(String schema, String pattern, String of, List<String> rights) {
    Set<String> missing = new LinkedHashSet<>(rights);
    missing.removeIf(right -> privileges.on(schema, right));
    if (!missing.isEmpty()) {
      boolean everywhere = !privileges.isOnSchemas();
      lacks(" for " + of, missing, everywhere ? "*.*" : pattern + ".*");
    }
  }

  /** An account that has nothing in schemas gets everything at once, others what they lack. */
  private void tell(Set<String> global, Map<String, Set<String>> schemas) {
    if (!privileges.isOnSchemas()) {
      schemas.values().forEach(global::addAll);
      schemas.clear();
    }
    if (!global.isEmpty()) {
      lacks("", global, "*.*");
    }
    schemas.forEach(
        (schema, rights) -> lacks(" in schema " + schema, rights, pattern(schema) + ".*"));
  }

  private void lacks(String where, Set<String> rights, String level) {
    String list = String.join(", ", rights);
    findings.add(
        Finding.error(
            "privilege-missing",
            "user " + account,
            "lacks what this restore needs on the target" + where + ": " + list,
            "GRANT " + list + " ON " + level + " TO " + account + ";"));
  }

  /** Accounts without their rights would look restored and let nobody work. */
  private void grants(List<SchemaObject> objects) {
    boolean any = objects.stream().anyMatch(o -> o.definition().startsWith("GRANT "));
    if (any && !privileges.globalWithGrant()) {
      findings.add(
          Finding.error(
              "privilege-missing",
              "user " + account,
              "may not give the restored accounts their rights",
              "GRANT ALL ON *.* TO "
                  + account
                  + " WITH GRANT OPTION; or restore without accounts, with --include '*'"));
    }
  }

  /** They come all the same, as the restoring account's own. */
  private void definers(List<SchemaObject> objects) {
    String right =
        flavor.mariaDb()
            ? "SET USER"
            : flavor.mySqlAtLeast(8, 2, 0) ? "SET_ANY_DEFINER" : "SET_USER_ID";
    List<String> others =
        objects.stream()
            .filter(o -> Definers.of(o).filter(d -> !d.equals(account)).isPresent())
            .map(SchemaObject::label)
            .toList();
    if (!others.isEmpty() && !privileges.global(right) && !privileges.global("SUPER")) {
      findings.add(
          Finding.warning(
              "definer-changed",
              "user " + account,
              "may not give views and programs to other accounts; they will run with its own"
                  + " rights: "
                  + others.getFirst()
                  + (others.size() > 1 ? " and " + (others.size() - 1) + " more" : ""),
              "GRANT " + right + " ON *.* TO " + account + ";"));
    }
  }

  /** The server's own caution: functions and triggers could make replicas differ. */
  private void binaryLog(List<SchemaObject> objects) throws SQLException {
    boolean any = objects.stream().anyMatch(o -> PROGRAMS.contains(o.kind()));
    if (any
        && !privileges.global("SUPER")
        && db.value("SELECT @@log_bin").equals("1")
        && db.value("SELECT @@log_bin_trust_function_creators").equals("0")) {
      findings.add(
          Finding.error(
              "privilege-missing",
              "user " + account,
              "may not create functions and triggers while the target keeps a binary log",
              "SET GLOBAL log_bin_trust_function_creators=1; or GRANT SUPER ON *.* TO "
                  + account
                  + ";"));
    }
  }

  private static Set<String> onServer(String kind) {
    return switch (kind) {
      case Kind.USER, Kind.ROLE -> Set.of("CREATE USER");
      case Kind.TABLESPACE -> Set.of("CREATE TABLESPACE");
      default -> Set.of();
    };
  }

  private static List<String> inSchema(String kind) {
    return switch (kind) {
      case Kind.TABLE, Kind.SEQUENCE ->
          List.of("SELECT", "INSERT", "UPDATE", "CREATE", "DROP", "ALTER", "INDEX", "REFERENCES");
      case Kind.VIEW -> List.of("CREATE VIEW", "SHOW VIEW");
      case "function", "procedure", "package", "package body" ->
          List.of("CREATE ROUTINE", "ALTER ROUTINE");
      case Kind.TRIGGER -> List.of("TRIGGER");
      case Kind.EVENT -> List.of("EVENT");
      default -> List.of();
    };
  }

  /** A schema's name in a grant is a pattern. */
  private static String pattern(String schema) {
    return Sql.name(schema.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%"));
  }

  private static String quoted(String account) {
    int at = account.lastIndexOf('@');
    return at < 0
        ? account
        : Kind.quote(account.substring(0, at)) + "@" + Kind.quote(account.substring(at + 1));
  }
}
