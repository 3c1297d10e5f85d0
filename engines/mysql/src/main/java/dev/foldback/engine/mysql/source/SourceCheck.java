package dev.foldback.engine.mysql.source;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.engine.mysql.catalog.CatalogReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at rights and settings before a backup and names each missing one with its GRANT. */
final class SourceCheck {
  private final Connection connection;
  private final ServerFacts facts;
  private final Grants grants;
  private final Selection selection;
  private final List<Finding> findings = new ArrayList<>();

  SourceCheck(Connection connection, ServerFacts facts, Selection selection) {
    this.connection = connection;
    this.facts = facts;
    this.grants = facts.grants();
    this.selection = selection;
  }

  List<Finding> run() throws SQLException {
    version();
    List<String> schemas = Listing.schemas(connection, selection);
    findings.addAll(CatalogReader.missingRights(connection, facts.flavor(), selection));
    Unlogged unlogged = Unlogged.read(connection, facts);
    locks(schemas, unlogged);
    position(unlogged);
    if (selection.isServerWide()) {
      everything();
    }
    settings();
    return List.copyOf(findings);
  }

  private void version() {
    boolean known = facts.flavor().mySqlAtLeast(8, 0, 0) || facts.flavor().mariaDbAtLeast(10, 6, 0);
    if (!known) {
      findings.add(
          Finding.error(
              "server-too-old",
              "server " + facts.flavor().version(),
              "is older than MySQL 8.0 and MariaDB 10.6, which Foldback supports",
              "Upgrade it, or use its own dump tool."));
    }
  }

  /** What may bring all tables to one position; one of several is enough. */
  private void locks(List<String> schemas, Unlogged unlogged) throws SQLException {
    boolean global = grants.has("RELOAD") || (isMySql() && grants.has("FLUSH_TABLES"));
    boolean tables =
        !schemas.isEmpty() && schemas.stream().allMatch(s -> grants.hasOn(s, "LOCK TABLES"));
    if (isMySql() && !grants.has("BACKUP_ADMIN")) {
      missing(
          "BACKUP_ADMIN",
          "BACKUP_ADMIN is missing: DDL during the backup is noticed, but not kept from happening",
          false);
    }
    if (!isMySql() && facts.keepsLog() && !grants.has("BINLOG ADMIN", "SUPER")) {
      missing(
          "BINLOG ADMIN",
          "BINLOG ADMIN is missing: DDL on a table that was read waits until the backup has ended",
          false);
    }
    if (!global && !tables) {
      boolean lockFree = facts.flavor().mariaDb() && unlogged.why().isEmpty();
      missing(
          "RELOAD",
          lockFree
              ? "RELOAD and LOCK TABLES are missing: on a busy server several connections may not"
                  + " come to one position"
              : "RELOAD or LOCK TABLES is needed to bring all tables to one position",
          !lockFree);
    }
    if (!tables
        && !Listing.read(List.of(connection), facts.flavor(), selection)
            .nonTransactional()
            .isEmpty()) {
      missing(
          "LOCK TABLES",
          "LOCK TABLES is missing: tables without transactions keep all writes waiting while they"
              + " are read",
          false);
    }
  }

  private void position(Unlogged unlogged) {
    if (!facts.keepsLog()) {
      findings.add(
          Finding.info(
              "no-log",
              "server",
              "keeps no binary log: the snapshot is consistent, and nothing can follow it"));
      return;
    }
    boolean may =
        grants.has("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER")
            || (isMySql() && grants.has("BACKUP_ADMIN"));
    if (!may) {
      missing(
          isMySql() ? "REPLICATION CLIENT" : "BINLOG MONITOR",
          "the position in the binary log can't be read without it",
          isMySql() || !unlogged.known());
    }
    if (!unlogged.why().isEmpty()) {
      findings.add(
          Finding.warning(
              "log-incomplete",
              "server",
              unlogged.why() + ": the log after this snapshot can't bring every row back",
              "Set log_slave_updates=ON and no binlog-do-db or binlog-ignore-db, or back up the"
                  + " server that holds the whole log."));
    }
    if (!grants.has("PROCESS")) {
      missing(
          "PROCESS",
          "PROCESS is missing: neither long statements of others, before a lock is asked for, nor"
              + " rows that change places during the backup (EXCHANGE PARTITION) can be seen",
          false);
    }
  }

  private void everything() {
    if (!grants.has("SHOW DATABASES") && !grants.has("SELECT")) {
      missing(
          "SHOW DATABASES",
          "whether there are schemas that this account can't see is not known; they would be"
              + " missing",
          false);
    }
    if (!grants.hasOn("mysql", "SELECT")) {
      missing("SELECT", "SELECT on mysql.* is missing: accounts are not carried", false);
    }
  }

  private void settings() {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("binlog_format", "ROW");
    wanted.put("binlog_row_image", "FULL");
    if (facts.keepsLog()) {
      wanted.forEach(
          (name, value) -> {
            String now = facts.variable(name);
            if (!now.isEmpty() && !now.equals(value)) {
              findings.add(
                  Finding.warning(
                      "setting",
                      name,
                      "is " + now + ": the log after this snapshot can't bring every row back",
                      "SET GLOBAL " + name + "=" + value));
            }
          });
    }
  }

  private void missing(String right, String message, boolean error) {
    String hint = "GRANT " + right + " ON *.* TO " + grants.account();
    String subject = "account " + grants.account();
    findings.add(
        error
            ? Finding.error("right-missing", subject, message, hint)
            : Finding.warning("right-missing", subject, message, hint));
  }

  private boolean isMySql() {
    return !facts.flavor().mariaDb();
  }
}
