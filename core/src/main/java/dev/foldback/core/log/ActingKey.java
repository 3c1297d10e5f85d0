package dev.foldback.core.log;

import dev.foldback.core.TableName;
import java.util.List;

/**
 * A foreign key that changes rows of its own table when those it points to go or change.
 *
 * @param child the table that has it
 * @param columns of it, in order
 * @param parent the table that it points to
 * @param parentColumns in the order of {@code columns}
 */
public record ActingKey(
    TableName child,
    List<String> columns,
    TableName parent,
    List<String> parentColumns,
    Action onDelete,
    Action onUpdate) {

  /** What happens to a row whose parent goes or changes. */
  public enum Action {
    /** It stays as it is: the server has refused a change that would not leave it so. */
    NONE,
    /** It goes, or takes the new values. */
    CASCADE,
    SET_NULL
  }

  public ActingKey {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }
}
