package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kind of statement a text of the log is, and what it names.
 *
 * @param kind see {@link Kind}
 * @param names the objects that it is about, in order: tables, views, or a schema's name as both
 *     parts of the one name
 * @param targets for renames, the new name of each of {@link #names}; for others empty
 * @param mentions every pair of words that could be a qualified name, and every single word under
 *     the default schema
 * @param replaces CREATE OR REPLACE
 * @param movesRows whether an ALTER TABLE is of a kind that may change rows although the columns
 *     stay: of partitions, or with IGNORE
 * @param changesColumns whether an ALTER TABLE adds, drops or renames columns: then one may stand
 *     for another under the same name
 * @param ignores whether it leaves out rows that do not fit, ALTER IGNORE
 */
public record DdlStatement(
    Kind kind,
    List<TableName> names,
    List<TableName> targets,
    Set<TableName> mentions,
    boolean replaces,
    boolean movesRows,
    boolean changesColumns,
    boolean ignores) {

  /** Kinds that differ in what has to be done about them. */
  public enum Kind {
    CREATE_SCHEMA,
    ALTER_SCHEMA,
    DROP_SCHEMA,
    CREATE_TABLE,
    ALTER_TABLE,
    DROP_TABLE,
    RENAME_TABLE,
    TRUNCATE_TABLE,
    /** Removes history of a system-versioned table. */
    DELETE_HISTORY,
    SEQUENCE,
    /** A view, routine, trigger, event, package or library. */
    PROGRAM,
    /** Users, roles, rights. */
    ACCOUNT,
    /** Objects of the whole server: tablespaces, foreign servers, plugins. */
    SERVER,
    /** Changes nothing that a backup holds, such as ANALYZE. */
    MAINTENANCE,
    /** Nothing that is known, such as INSERT. */
    OTHER
  }

  public DdlStatement {
    names = List.copyOf(names);
    targets = List.copyOf(targets);
    mentions = Set.copyOf(mentions);
  }

  /** With names in lower case, as a server has them that keeps all of them so. */
  public DdlStatement lowered() {
    return new DdlStatement(
        kind,
        names.stream().map(DdlStatement::lower).toList(),
        targets.stream().map(DdlStatement::lower).toList(),
        mentions.stream().map(DdlStatement::lower).collect(Collectors.toSet()),
        replaces,
        movesRows,
        changesColumns,
        ignores);
  }

  private static TableName lower(TableName name) {
    return new TableName(
        name.schema().toLowerCase(Locale.ROOT), name.table().toLowerCase(Locale.ROOT));
  }

  /** Whether a table gets another name. */
  public boolean renames() {
    return !targets.isEmpty();
  }

  /**
   * @param sqlMode that the statement ran under
   * @param schema the default schema, empty for none
   */
  public static DdlStatement parse(String sql, String sqlMode, String schema) {
    return new DdlParser(sql, sqlMode, schema).parse();
  }
}
