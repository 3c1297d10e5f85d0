package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.connect.Flavor;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads every definition that a server holds: few questions for all tables at once, then one SHOW
 * CREATE an object. What is dropped meanwhile or can't be read becomes a finding.
 */
public final class CatalogReader {
  private CatalogReader() {}

  /**
   * Reads what the selection names. Accounts and other server-wide objects belong only to a
   * selection of everything.
   *
   * @param connections in the standard session, with no default schema; their character_set_results
   *     is utf8mb4 while this runs and then as the first's was. Definitions of tables are read on
   *     all of them at once
   */
  public static Catalog read(List<Connection> connections, Flavor flavor, Selection selection) {
    Reading reading = new Reading(connections, flavor, selection);
    try {
      String results = session(reading);
      try {
        return read(reading);
      } finally {
        if (!isAnyClosed(connections)) {
          reading.execute("set character_set_results = " + results);
        }
      }
    } catch (SQLException e) {
      throw Reading.failed(e);
    }
  }

  private static boolean isAnyClosed(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      if (connection.isClosed()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The rights that the account lacks to read what the selection names, each with the exact GRANT.
   *
   * @param connection one of those of {@link #read}
   */
  public static List<Finding> missingRights(
      Connection connection, Flavor flavor, Selection selection) {
    Reading reading = new Reading(List.of(connection), flavor, selection);
    try {
      reading.account(accountOf(reading));
      Schemas.read(reading);
      Rights rights = Rights.check(reading);
      Tables names = Tables.names(reading);
      rights.tables(names.listed(), names.views());
      return List.copyOf(reading.findings());
    } catch (SQLException e) {
      throw Reading.failed(e);
    }
  }

  /** Makes definitions complete and readable. Returns the character_set_results to go back to. */
  private static String session(Reading reading) throws SQLException {
    @Nullable String before = reading.show("select @@character_set_results as r").get("r");
    reading.account(accountOf(reading));
    reading.execute("set character_set_results = utf8mb4, sql_quote_show_create = 1");
    if (reading.flavor().mySqlAtLeast(8, 0, 0)) {
      reading.execute("set information_schema_stats_expiry = 0");
    }
    if (reading.flavor().mySqlAtLeast(8, 0, 17)) {
      reading.execute("set print_identified_with_as_hex = on");
    }
    if (reading.flavor().mySqlAtLeast(8, 0, 30)) {
      reading.execute("set show_gipk_in_create_table_and_information_schema = on");
    }
    return before == null ? "null" : before;
  }

  private static String accountOf(Reading reading) throws SQLException {
    @Nullable String account = reading.show("select current_user() as u").get("u");
    int at = account == null ? -1 : account.lastIndexOf('@');
    return account == null || at < 0
        ? "CURRENT_USER"
        : Sql.name(account.substring(0, at)) + "@" + Sql.name(account.substring(at + 1));
  }

  private static Catalog read(Reading reading) throws SQLException {
    List<SchemaObject> schemas = Schemas.read(reading);
    Rights rights = Rights.check(reading);
    Tables tables = Tables.read(reading);
    rights.tables(tables.listed(), tables.views());
    Map<TableName, TableDefinition> layouts = Layouts.read(reading, tables);
    List<SchemaObject> tableObjects = tables.definitions(layouts.keySet());
    boolean everything = reading.selection().isServerWide();
    Accounts accounts = everything ? Accounts.read(reading) : new Accounts(List.of(), List.of());

    List<SchemaObject> objects = new ArrayList<>(Tablespaces.read(reading, tableObjects));
    objects.addAll(ReferenceSystems.read(reading));
    if (everything) {
      objects.addAll(ServerWide.read(reading));
      SystemSchemas.check(reading);
    }
    objects.addAll(accounts.accounts());
    objects.addAll(schemas);
    objects.addAll(tables.sequences());
    objects.addAll(tableObjects);
    // Bodies of routines are not looked into when they are created; views are.
    objects.addAll(Programs.routines(reading));
    objects.addAll(Views.read(reading, tables.views()));
    objects.addAll(Programs.triggers(reading));
    objects.addAll(Programs.events(reading));
    objects.addAll(Histograms.read(reading));
    objects.addAll(accounts.grants());
    return new Catalog(objects, List.copyOf(layouts.values()), reading.findings());
  }
}
