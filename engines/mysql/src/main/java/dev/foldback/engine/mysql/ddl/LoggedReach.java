package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.StatementReach;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.engine.mysql.ddl.DdlStatement.Kind;
import java.util.Locale;

/** What a statement of the log may have done, by its words alone. */
public final class LoggedReach implements StatementReach {
  private final DdlStatement statement;
  private final String sql;

  private final String mode;

  private LoggedReach(DdlStatement statement, String sql, String mode) {
    this.statement = statement;
    this.sql = sql;
    this.mode = mode;
  }

  public static LoggedReach of(LoggedStatement statement) {
    String mode = statement.context().getOrDefault("sql_mode", "");
    return new LoggedReach(
        DdlStatement.parse(statement.sql(), mode, statement.schema()), statement.sql(), mode);
  }

  @Override
  public String shown() {
    return ShownStatement.beginning(sql, mode);
  }

  @Override
  public String told() {
    return switch (statement.kind()) {
      case ACCOUNT, SERVER, OTHER -> ShownStatement.withoutLiterals(sql, mode);
      default -> sql;
    };
  }

  @Override
  public boolean isMaintenance() {
    return statement.kind() == Kind.MAINTENANCE;
  }

  /** Some other program that speaks of triggers is taken for one, too. */
  @Override
  public boolean makesTrigger() {
    return statement.kind() == Kind.PROGRAM && sql.toUpperCase(Locale.ROOT).contains("TRIGGER");
  }

  /** Names are compared without case: whether the server tells them apart is not known here. */
  @Override
  public boolean touches(TableName table) {
    return switch (statement.kind()) {
      case MAINTENANCE -> false;
      case CREATE_SCHEMA, ALTER_SCHEMA, DROP_SCHEMA ->
          statement.names().stream().anyMatch(n -> n.schema().equalsIgnoreCase(table.schema()));
      case CREATE_TABLE,
          ALTER_TABLE,
          DROP_TABLE,
          RENAME_TABLE,
          TRUNCATE_TABLE,
          DELETE_HISTORY,
          SEQUENCE,
          PROGRAM,
          ACCOUNT,
          SERVER,
          OTHER ->
          statement.mentions().stream().anyMatch(n -> same(n, table));
    };
  }

  @Override
  public boolean redefines(TableName table) {
    return switch (statement.kind()) {
      case DROP_SCHEMA, CREATE_TABLE, ALTER_TABLE, DROP_TABLE, RENAME_TABLE, OTHER ->
          touches(table);
      case CREATE_SCHEMA,
          ALTER_SCHEMA,
          TRUNCATE_TABLE,
          DELETE_HISTORY,
          SEQUENCE,
          PROGRAM,
          ACCOUNT,
          SERVER,
          MAINTENANCE ->
          false;
    };
  }

  private static boolean same(TableName some, TableName other) {
    return some.schema().equalsIgnoreCase(other.schema())
        && some.table().equalsIgnoreCase(other.table());
  }
}
