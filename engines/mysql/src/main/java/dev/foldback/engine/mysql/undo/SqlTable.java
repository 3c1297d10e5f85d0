package dev.foldback.engine.mysql.undo;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.connect.Sql;
import dev.foldback.engine.mysql.ddl.ColumnCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Statements about single rows of a table. */
final class SqlTable {
  private final String name;
  private final List<SqlColumn> columns = new ArrayList<>();
  private final List<String> key;

  SqlTable(TableState table) {
    this.name = Sql.name(table.name().schema(), table.name().table());
    this.key = table.definition().key();
    Map<String, String> charsets = ColumnCharsets.of(table.object().definition());
    for (ColumnLayout column : table.definition().columns()) {
      columns.add(
          new SqlColumn(column, Shape.of(column), charsets.getOrDefault(column.name(), "")));
    }
  }

  List<SqlColumn> columns() {
    return columns;
  }

  /** The column's place in the frames, or -1. */
  int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).layout().name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  String insert(RowImage row) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(columns.get(i).name());
      values.add(columns.get(i).literal(row, i));
    }
    return "INSERT INTO "
        + name
        + " ("
        + String.join(", ", names)
        + ") VALUES ("
        + String.join(", ", values)
        + ");\n";
  }

  String delete(RowImage row) {
    return "DELETE FROM " + name + where(row);
  }

  /** Empty where the rows are the same. */
  String update(RowImage from, RowImage to) {
    List<String> sets = new ArrayList<>();
    boolean differ = false;
    for (int i = 0; i < columns.size(); i++) {
      boolean differs = !from.hasSame(i, to);
      differ |= differs;
      if (differs || columns.get(i).setsItself()) {
        sets.add(columns.get(i).name() + " = " + columns.get(i).literal(to, i));
      }
    }
    return differ ? "UPDATE " + name + " SET " + String.join(", ", sets) + where(from) : "";
  }

  /** Whether a strict mode would refuse to store the row. */
  boolean needsLenience(RowImage row) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isNoMember(row, i)) {
        return true;
      }
    }
    return false;
  }

  /** Without a key there may be several such rows: one of them is as good as another. */
  private String where(RowImage row) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String near = key.contains(columns.get(i).layout().name()) ? columns.get(i).near(row, i) : "";
      if (!near.isEmpty()) {
        conditions.add(near);
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      conditions.add(columns.get(i).is(row, i));
    }
    String all = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return all + (key.isEmpty() ? " LIMIT 1;\n" : ";\n");
  }
}
