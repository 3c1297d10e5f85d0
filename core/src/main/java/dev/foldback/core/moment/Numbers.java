package dev.foldback.core.moment;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.log.RowImage;
import dev.foldback.core.moment.Life.Held;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The highest automatic number that the log shows for each life of a table, of rows that are gone
 * as well: the next number must not be one that was given out before.
 */
final class Numbers {
  private static final int DIGITS = 20;

  private final DatabaseEngine engine;
  private final Map<TableName, Seen> current = new HashMap<>();
  private final Map<Life, Seen> lives = new HashMap<>();

  private static final class Seen {
    final int column;
    long highest;

    Seen(int column) {
      this.column = column;
    }
  }

  Numbers(DatabaseEngine engine) {
    this.engine = engine;
  }

  /** From now on the name stands for this. */
  void begin(Held held) {
    OptionalInt column = engine.numbered(held.state());
    if (column.isPresent()) {
      current.put(
          held.state().name(),
          lives.computeIfAbsent(held.life(), life -> new Seen(column.getAsInt())));
    } else {
      current.remove(held.state().name());
    }
  }

  void saw(TableName table, RowImage row) {
    Seen seen = current.get(table);
    if (seen == null || row.absent[seen.column]) {
      return;
    }
    long number = number(row.text.bytes, row.start(seen.column), row.ends[seen.column]);
    if (Long.compareUnsigned(number, seen.highest) > 0) {
      seen.highest = number;
    }
  }

  /** 0 where it is none that numbers go on from: NULL or negative. */
  private static long number(byte[] text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || to - from > DIGITS) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** The next number that may be given out, unsigned; 0 where the log shows none. */
  long next(Life life) {
    Seen seen = lives.get(life);
    if (seen == null || seen.highest == 0 || seen.highest == -1) {
      return 0;
    }
    return seen.highest + 1;
  }
}
