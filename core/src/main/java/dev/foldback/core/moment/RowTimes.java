package dev.foldback.core.moment;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.RowImage;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When rows were last changed by what the log says. */
final class RowTimes {
  /** Rows that are remembered; 16 to 32 bytes each. */
  private static final int MOST = 4_000_000;

  private final Map<Life, LastChanges> lives = new HashMap<>();
  private int size;

  /**
   * @param before null for a new row
   * @param time of the change; without one the row keeps its time, under the key that it has now
   * @param place of the change
   */
  void put(Life life, @Nullable RowImage before, RowImage row, OptionalLong time, LogPlace place) {
    LastChanges last = lives.computeIfAbsent(life, l -> new LastChanges(Values.key(l.folded())));
    RowImage earlier = before == null ? row : before;
    long at = time.orElseGet(() -> last.get(Values.of(earlier, last.key())));
    byte[] key = row.isWhole() ? Values.of(row, last.key()) : Values.of(earlier, row, last.key());
    if (last.put(key, at) && ++size > MOST) {
      throw new FoldbackException(
          ErrorCode.LOG_NOT_FOLDABLE,
          "up to "
              + place
              + " more than "
              + MOST
              + " rows changed in tables whose foreign keys act below the log",
          "Restore from a newer snapshot, or to an earlier moment.");
    }
  }

  /** 0 for a row of what the life began with. */
  long get(Life life, byte[] row, int[] ends) {
    LastChanges last = lives.get(life);
    return last == null ? 0 : last.get(row, ends);
  }
}
