package dev.foldback.core.engine;

import dev.foldback.core.log.ActingKey;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.LogDecoding;
import dev.foldback.core.log.LoggedStatement;
import dev.foldback.core.log.TableState;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A family of database servers. Stateless and safe for several threads. */
public interface DatabaseEngine {

  /** The URL schemes that name this engine, such as {@code mysql} and {@code mariadb}. */
  Set<String> schemes();

  /** Connects to a server that is to be backed up. Reads only. */
  SourceServer openSource(Endpoint endpoint);

  /**
   * Reads stored log.
   *
   * @param definitions asked for each table again after each statement that the listener was told
   * @param workFolder where transactions too large for memory wait
   */
  LogDecoding decodeLog(Definitions definitions, ChangeListener listener, Path workFolder);

  /**
   * Whether a set of transactions, as {@link dev.foldback.core.Position.Binlog#gtids} has it, holds
   * one.
   *
   * @param id as {@link dev.foldback.core.log.Transaction#id} has it
   */
  boolean includes(String transactions, String id);

  /**
   * A set of transactions with others besides.
   *
   * @param transactions as {@link dev.foldback.core.Position.Binlog#gtids} has it
   * @param ids as {@link dev.foldback.core.log.Transaction#id} has them, in the log's order
   */
  String joined(String transactions, List<String> ids);

  /** The table's foreign keys that change its rows when those they point to go or change. */
  List<ActingKey> actingKeys(TableState table);

  /**
   * How values of a column of the table's frames are compared; empty where that is not known.
   *
   * @param column in any case of letters
   */
  Optional<Equality> equality(TableState table, String column);

  /** Which of the frames' columns the server numbers by itself, from 0; empty where none is. */
  OptionalInt numbered(TableState table);

  /**
   * The table's definition with at least that as the next number to be given out.
   *
   * @param next unsigned
   */
  SchemaObject withNextNumber(SchemaObject table, long next);

  /** What a statement of a log may have done. */
  StatementReach reach(LoggedStatement statement);

  /** How edits of values are applied that this engine's logs hold. */
  ValueEdits edits();

  /** How the table's values read. */
  RowValues values(TableState table);

  /**
   * How changes are taken back.
   *
   * @param tables all that there are, for the foreign keys between them
   * @param objects all that there are, for triggers
   */
  Reversal reversal(Collection<TableState> tables, Collection<SchemaObject> objects);

  /** Connects to a server that is to be written to. Writes nothing yet. */
  TargetServer openTarget(Endpoint endpoint);
}
