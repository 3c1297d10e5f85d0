package dev.foldback.engine.mysql.log.decode;

import dev.foldback.engine.mysql.ddl.ColumnText;

/**
 * A column of a table as its row events hold it.
 *
 * @param text as the definition writes it
 * @param frame its index among the columns of the frames; -1 where frames lack it
 */
record LoggedColumn(ColumnText text, int frame) {
  String base() {
    String type = text.type();
    int open = type.indexOf('(');
    return open < 0 ? type : type.substring(0, open);
  }

  /** The n-th number in the type's parentheses, or what is meant without. */
  int number(int index, int otherwise) {
    String type = text.type();
    int open = type.indexOf('(');
    if (open < 0) {
      return otherwise;
    }
    String[] numbers = type.substring(open + 1, type.length() - 1).split(",", -1);
    return index < numbers.length ? Integer.parseInt(numbers[index].strip()) : otherwise;
  }
}
