package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.log.TableState;
import java.util.List;
import java.util.OptionalInt;

/** The column that a table numbers by itself, and the next number. */
public final class AutoIncrement {
  private static final String OPTION = "AUTO_INCREMENT";

  private AutoIncrement() {}

  /** Among the columns of the frames; empty also where its numbers are not whole. */
  public static OptionalInt column(TableState table) {
    String definition = table.object().definition();
    if (!definition.contains(OPTION)) {
      return OptionalInt.empty();
    }
    List<ColumnLayout> columns = table.definition().columns();
    for (TableElement element : TableStatement.parse(definition).elements()) {
      if (element.kind() != TableElement.Kind.COLUMN || !element.hasWord(OPTION)) {
        continue;
      }
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(element.name())
            && columns.get(i).encoding() == ColumnLayout.Encoding.NUMBER) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The definition with that as the next number, or its own where that is higher. */
  public static SchemaObject atLeast(SchemaObject table, long next) {
    TableStatement statement = TableStatement.parse(table.definition());
    long now = statement.option(OPTION).map(Long::parseUnsignedLong).orElse(1L);
    if (Long.compareUnsigned(now, next) >= 0) {
      return table;
    }
    String tail = statement.tail();
    String head = table.definition().substring(0, table.definition().length() - tail.length());
    String number = OPTION + "=" + Long.toUnsignedString(next);
    String with =
        statement.option(OPTION).isPresent()
            ? tail.replaceFirst(OPTION + "=[0-9]+", number)
            : tail.replaceFirst("ENGINE=[A-Za-z0-9_]+", "$0 " + number);
    return new SchemaObject(
        table.kind(), table.schema(), table.name(), head + with, table.context());
  }
}
