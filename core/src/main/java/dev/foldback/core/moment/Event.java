package dev.foldback.core.moment;

import dev.foldback.core.log.LogPlace;
import java.util.Arrays;

/** One thing that happened to the rows of a parent. */
final class Event {
  private final long time;
  private final LogPlace place;
  private final byte[] to;
  private final boolean[] changed;
  private final Links links;

  private Event(long time, LogPlace place, byte[] to, boolean[] changed, Links links) {
    this.time = time;
    this.place = place;
    this.to = to;
    this.changed = changed;
    this.links = links;
  }

  /**
   * The row went.
   *
   * @param time the number of the change in the log
   * @param place of its transaction
   * @param links the keys that there were then
   */
  static Event gone(long time, LogPlace place, Links links) {
    return new Event(time, place, new byte[0], new boolean[0], links);
  }

  /**
   * The row got other values.
   *
   * @param to the values of the columns that changed, with nothing in the place of others
   * @param changed which of those that the key points to did; it writes these alone
   */
  static Event changed(long time, LogPlace place, byte[] to, boolean[] changed, Links links) {
    return new Event(time, place, to, changed, links);
  }

  /** The same for what points to rows that it acted on. */
  Event further(byte[] values, boolean[] which) {
    return new Event(time, place, values, which, links);
  }

  long time() {
    return time;
  }

  LogPlace place() {
    return place;
  }

  boolean deleted() {
    return changed.length == 0;
  }

  byte[] to() {
    return to;
  }

  boolean[] changed() {
    return changed;
  }

  Links links() {
    return links;
  }

  boolean doesAs(Event other) {
    return Arrays.equals(changed, other.changed) && Arrays.equals(to, other.to);
  }
}
