package dev.foldback.engine.mysql.catalog;

/** Keys and values of {@link dev.foldback.core.engine.TableDefinition#properties}. */
public final class TableProperties {
  /** The storage engine as the server names it, such as {@code InnoDB}. */
  public static final String ENGINE = "engine";

  /** {@code yes} where a consistent snapshot covers the table's rows, else {@code no}. */
  public static final String TRANSACTIONAL = "transactional";

  /**
   * {@link #ROWS_NONE} where the table holds no rows of its own: it shows those of other tables or
   * servers, or drops them. Absent otherwise.
   */
  public static final String ROWS = "rows";

  public static final String ROWS_NONE = "none";

  /**
   * Present on MariaDB's system-versioned tables. {@link #VERSIONED_HISTORY}: the columns include
   * row start and row end; read FOR SYSTEM_TIME ALL and load with {@code
   * system_versioning_insert_history}. {@link #VERSIONED_CURRENT}: only current rows are carried.
   */
  public static final String VERSIONED = "versioned";

  public static final String VERSIONED_HISTORY = "history";
  public static final String VERSIONED_CURRENT = "current";

  /** Names of the columns that bound a row's life, on versioned tables. */
  public static final String ROW_START = "row_start";

  public static final String ROW_END = "row_end";

  /** What {@link #ROW_END} holds in current rows; newer servers write a later one. */
  public static final String END_OF_TIME = "end_of_time";

  /** Set while restoring: what the target writes in place of {@link #END_OF_TIME}. */
  public static final String TARGET_END_OF_TIME = "target_end_of_time";

  /** The index that {@link dev.foldback.core.engine.TableDefinition#key} comes from. */
  public static final String KEY_NAME = "key_name";

  private TableProperties() {}
}
