package dev.foldback.engine.mysql.catalog;

/** Keys of {@link dev.foldback.core.engine.SchemaObject#context}. */
public final class Context {
  /** Session variables that the statement must run under. */
  public static final String SQL_MODE = "sql_mode";

  public static final String CHARACTER_SET_CLIENT = "character_set_client";
  public static final String COLLATION_CONNECTION = "collation_connection";
  public static final String TIME_ZONE = "time_zone";

  /** The schema's collation when the program was created. */
  public static final String DATABASE_COLLATION = "database_collation";

  /** {@code user@host} as the server prints it. */
  public static final String DEFINER = "definer";

  /** Triggers and histograms: the table. */
  public static final String TABLE = "table";

  /** Triggers: the place among those of the same table, time and event, from 1. */
  public static final String ACTION_ORDER = "action_order";

  public static final String CREATED = "created";

  /** Events: ENABLED, DISABLED, SLAVESIDE_DISABLED or REPLICA_SIDE_DISABLED. */
  public static final String STATUS = "status";

  /** Schemas: {@code yes} on MySQL's READ ONLY=1, which must be set last. */
  public static final String READ_ONLY = "read_only";

  public static final String CHARACTER_SET = "character_set";
  public static final String COLLATION = "collation";

  /** Views: {@code no} where what it refers to is missing, so that the source can't use it. */
  public static final String VALID = "valid";

  /** Sequences: the state, as columns of {@code SELECT * FROM sequence}. */
  public static final String NEXT_VALUE = "next_not_cached_value";

  public static final String CYCLE_COUNT = "cycle_count";

  /** Histograms. */
  public static final String COLUMN = "column";

  public static final String BUCKETS = "buckets";
  public static final String DATA = "data";
  public static final String AUTO_UPDATE = "auto_update";

  /** Accounts, and what belongs to one: user and host apart. */
  public static final String USER = "user";

  public static final String HOST = "host";

  /**
   * Grants: to be left out where the account that restores is one of these {@code user@host}, one a
   * line.
   */
  public static final String UNLESS_ACCOUNT = "unless_account";

  private Context() {}
}
