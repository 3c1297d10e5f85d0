package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.engine.mysql.catalog.TableProperties;
import dev.foldback.engine.mysql.ddl.ColumnCharsets;
import dev.foldback.engine.mysql.ddl.ColumnDefault;
import dev.foldback.engine.mysql.ddl.ColumnText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What row events need to know of a table: all its columns in the server's order, those included
 * that frames lack, and where each stands in the frames.
 */
public final class LoggedTable {
  /** The columns of a sequence, as a query of it names them. */
  static final List<String> SEQUENCE =
      List.of(
          "next_not_cached_value",
          "minimum_value",
          "maximum_value",
          "start_value",
          "increment",
          "cache_size",
          "cycle_option",
          "cycle_count");

  private static final int INCREMENT = 4;
  private static final int OPTIONS = 5;
  private static final int CYCLES = 7;

  private final TableName name;
  private final @Nullable TableDefinition definition;
  private final List<LoggedColumn> columns;
  private final int hidden;
  private final String create;

  private LoggedTable(
      TableName name,
      @Nullable TableDefinition definition,
      List<LoggedColumn> columns,
      int hidden,
      String create) {
    this.create = create;
    this.name = name;
    this.definition = definition;
    this.columns = List.copyOf(columns);
    this.hidden = hidden;
  }

  /**
   * A table.
   *
   * @param definition the layout of its frames
   * @param create what SHOW CREATE TABLE prints
   */
  public static LoggedTable of(TableDefinition definition, String create) {
    Map<String, Integer> frames = new HashMap<>();
    for (int i = 0; i < definition.columns().size(); i++) {
      frames.put(definition.columns().get(i).name(), i);
    }
    List<LoggedColumn> columns = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (ColumnText text : ColumnText.of(create)) {
      written.add(text.name());
      columns.add(new LoggedColumn(text, frames.getOrDefault(text.name(), -1)));
    }
    if (definition.properties().containsKey(TableProperties.VERSIONED)) {
      // The bounds of rows' lives are not written where the server added them itself.
      addBounds(definition, written, frames, columns);
    }
    return new LoggedTable(
        definition.name(), definition, columns, ColumnText.hashedKeys(create), create);
  }

  private static void addBounds(
      TableDefinition definition,
      Set<String> written,
      Map<String, Integer> frames,
      List<LoggedColumn> columns) {
    for (String property : List.of(TableProperties.ROW_START, TableProperties.ROW_END)) {
      String bound = definition.properties().getOrDefault(property, "");
      if (!written.contains(bound)) {
        columns.add(
            new LoggedColumn(
                new ColumnText(bound, "timestamp(6)", false, false, false, false),
                frames.getOrDefault(bound, -1)));
      }
    }
  }

  /**
   * A sequence: what happens to it is told by {@code ChangeListener.sequence}.
   *
   * @param create what SHOW CREATE SEQUENCE prints
   */
  public static LoggedTable sequence(TableName name, String create) {
    boolean unsigned = create.toLowerCase(Locale.ROOT).contains(" unsigned ");
    List<LoggedColumn> columns = new ArrayList<>();
    for (int i = 0; i < SEQUENCE.size(); i++) {
      boolean positive = i >= OPTIONS ? i != CYCLES : unsigned && i != INCREMENT;
      columns.add(
          new LoggedColumn(new ColumnText(SEQUENCE.get(i), "", positive, false, false, false), i));
    }
    return new LoggedTable(name, null, columns, 0, create);
  }

  public TableName name() {
    return name;
  }

  boolean isSequence() {
    return definition == null;
  }

  TableDefinition definition() {
    if (definition == null) {
      throw new IllegalStateException(name + " is a sequence");
    }
    return definition;
  }

  List<LoggedColumn> columns() {
    return columns;
  }

  /** What each of {@link #columns} holds in a new row that the log does not give it in. */
  List<byte @Nullable []> unset() {
    Map<String, ColumnDefault> defaults = ColumnDefault.of(create);
    Map<String, String> charsets = ColumnCharsets.of(create);
    List<byte @Nullable []> unset = new ArrayList<>();
    for (LoggedColumn column : columns) {
      String of = column.text().name();
      ColumnDefault value = defaults.get(of);
      unset.add(value == null ? null : Unset.value(column, value, charsets.getOrDefault(of, "")));
    }
    return unset;
  }

  /** Columns that the server may have added behind the others for unique keys kept by a hash. */
  int hidden() {
    return hidden;
  }

  /** Whether a rollback takes its changes back. */
  boolean isTransactional() {
    return definition == null
        || !"no".equals(definition.properties().get(TableProperties.TRANSACTIONAL));
  }

  /** Whether it drops what it gets, or rows lie with another server or elsewhere. */
  boolean isWithoutRows() {
    return definition != null
        && TableProperties.ROWS_NONE.equals(definition.properties().get(TableProperties.ROWS));
  }

  /** Whether its rows are those of other tables: which of them changed is not in the log. */
  boolean showsOthers() {
    return isWithoutRows()
        && "MRG_MYISAM".equalsIgnoreCase(definition().properties().get(TableProperties.ENGINE));
  }

  /** Whether it has a history that the frames do not carry. */
  boolean lacksHistory() {
    return definition != null
        && TableProperties.VERSIONED_CURRENT.equals(
            definition.properties().get(TableProperties.VERSIONED));
  }
}
