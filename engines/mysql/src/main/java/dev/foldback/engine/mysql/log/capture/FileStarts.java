package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.log.LogBrokenException;
import dev.foldback.engine.mysql.log.Event;
import dev.foldback.engine.mysql.log.EventType;
import dev.foldback.engine.mysql.log.GtidEvents;
import dev.foldback.engine.mysql.log.GtidSet;
import dev.foldback.engine.mysql.log.MariaDbGtids;
import dev.foldback.engine.mysql.log.MySqlGtids;
import java.util.List;

/**
 * The transactions up to where the feed is, compared with those that each file's start names: that
 * nothing was in between is proven so, whatever file names say.
 */
final class FileStarts {
  private GtidSet all;

  /** Where nothing was known at the start, the first file start tells. */
  private boolean known;

  /** Those that this feed has seen. */
  private final GtidSet seen;

  /**
   * @param gtids as the server had them at the place that the feed begins at; empty where it has
   *     none or they are not known
   */
  FileStarts(boolean mariaDb, String gtids) {
    this.all = GtidSet.parse(mariaDb, gtids);
    this.seen = GtidSet.parse(mariaDb, "");
    this.known = !all.isEmpty();
  }

  void ended(String gtid) {
    if (!gtid.isEmpty()) {
      all.add(gtid);
      seen.add(gtid);
    }
  }

  String text() {
    return all.text();
  }

  /** Fails with {@code LOG_BROKEN} where the file does not begin after what was seen. */
  void begin(Event event, String file) {
    if (event.type() == EventType.PREVIOUS_GTIDS) {
      mySql(GtidEvents.previous(event), file);
    } else if (event.type() == EventType.MARIADB_GTID_LIST) {
      mariaDb(GtidEvents.list(event), file);
    }
  }

  /**
   * The list lacks what reached the server by other ways than its log (SET gtid_purged), so the set
   * may hold more; but never less, and what was seen must be there.
   */
  private void mySql(MySqlGtids previous, String file) {
    if (!known) {
      GtidSet told = previous.copy();
      if (!told.containsAll(seen)) {
        throw broken(file, previous.text());
      }
      all = told;
    } else if (!all.containsAll(previous) || !previous.containsAll(seen)) {
      throw broken(file, previous.text());
    }
    known = true;
  }

  /** Domains that were deleted from the list are no longer told; none may be new or other. */
  private void mariaDb(List<String> list, String file) {
    MariaDbGtids told = MariaDbGtids.parse("");
    list.forEach(told::add);
    if (known) {
      for (String gtid : told.text().split(",", -1)) {
        if (!gtid.isEmpty() && !((MariaDbGtids) all).isLast(gtid)) {
          throw broken(file, told.text());
        }
      }
    } else {
      all = told;
    }
    known = true;
  }

  private LogBrokenException broken(String file, String told) {
    return new LogBrokenException(
        "not-continuous",
        "log file "
            + file
            + " begins after the transactions "
            + (told.isEmpty() ? "(none)" : told)
            + ", but those before it are "
            + (all.isEmpty() ? "(none)" : all.text())
            + ": transactions in between are lost, or the log was reset",
        null);
  }
}
