package dev.foldback.engine.mysql.rows;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of an INSERT.
 *
 * @param sql its values in parentheses, with a question mark for each parameter
 * @param size bytes that it takes in the statement, at most
 */
record InsertRow(String sql, List<byte[]> parameters, long size) {
  /** What stands around a value. */
  private static final long LITERAL = 32;

  /** Makes the rows of one table. Not for several threads. */
  static final class Maker {
    private final TableDefinition table;
    private final JsonReading reading;
    private final List<String> values;
    private final String plain;

    Maker(TableDefinition table, JsonReading reading) {
      this.table = table;
      this.reading = reading;
      this.values = LoadStatement.values(table);
      this.plain = LoadStatement.row(values);
    }

    InsertRow of(byte[][] row) {
      List<String> sql = new ArrayList<>(values);
      List<byte[]> parameters = new ArrayList<>(row.length);
      boolean typed = false;
      for (int i = 0; i < row.length; i++) {
        JsonExpression.Made made = expression(row, i);
        if (made == null) {
          parameters.add(row[i]);
        } else {
          typed = true;
          sql.set(i, made.sql());
          parameters.addAll(made.parameters());
        }
      }
      String all = typed ? LoadStatement.row(sql) : plain;
      return new InsertRow(all, parameters, (typed ? all.length() : 0) + size(parameters));
    }

    private JsonExpression.@Nullable Made expression(byte[][] row, int column) {
      return reading == JsonReading.NONE
              || table.columns().get(column).encoding() != ColumnLayout.Encoding.JSON
              || RowParser.isNull(row[column])
          ? null
          : JsonExpression.of(row[column], reading);
    }
  }

  /** Bytes of the values as literals. */
  private static long size(List<byte[]> parameters) {
    long size = 0;
    for (byte[] value : parameters) {
      size += value.length + LITERAL;
      for (byte b : value) {
        if (b == 0 || b == '\'' || b == '"' || b == '\\') {
          size++;
        }
      }
    }
    return size;
  }
}
