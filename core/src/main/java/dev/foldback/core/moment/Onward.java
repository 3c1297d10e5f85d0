package dev.foldback.core.moment;

import dev.foldback.core.log.ActingKey.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an event means further down where a key writes what another points to, told by values alone:
 * the rows between may have changed in the log since, and no longer tell.
 */
final class Onward {
  private final Link above;
  private final byte[] values;
  private final Event event;
  private final Link below;

  /**
   * @param above the key that the event is about
   * @param values what it is about
   * @param below a key that points to rows that it acts on
   */
  Onward(Link above, byte[] values, Event event, Link below) {
    this.above = above;
    this.values = values;
    this.event = event;
    this.below = below;
  }

  Event event() {
    return event;
  }

  Link below() {
    return below;
  }

  /** Whether rows between go by the event. */
  boolean isGone() {
    return event.deleted() && !setsNull();
  }

  /**
   * Whether it does something to what the key below points to that rows between may not tell in the
   * end. Of one that went and came back under its own key that is known.
   */
  boolean matters() {
    if (isGone()) {
      return below.key().onDelete() != Action.NONE && !below.pointsToOwnKey();
    }
    for (int column : below.parentColumns()) {
      int at = place(column);
      if (at >= 0 && (setsNull() || event.changed()[at])) {
        return below.key().onUpdate() != Action.NONE;
      }
    }
    return false;
  }

  private boolean setsNull() {
    Action action = event.deleted() ? above.key().onDelete() : above.key().onUpdate();
    return action == Action.SET_NULL;
  }

  private int place(int column) {
    int[] columns = above.childColumns();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == column && column >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether all that is pointed to comes from the key above. */
  private boolean isWhole() {
    return Arrays.stream(below.parentColumns()).allMatch(column -> place(column) >= 0);
  }

  /** The values of rows further down that it is about: those that they had. */
  byte[] old() {
    List<byte[]> from = Values.parts(values);
    int[] pointed = below.parentColumns();
    byte[][] old = new byte[pointed.length][];
    for (int i = 0; i < old.length; i++) {
      old[i] = from.get(place(pointed[i]));
    }
    return Values.join(old);
  }

  /**
   * What happens to them. Empty where values do not tell: some come from elsewhere, or old and new
   * ones are equal, so that a row between may have had the new bytes before, and nothing happened
   * further down.
   */
  Optional<Event> told() {
    if (!isWhole()) {
      return Optional.empty();
    }
    return isGone() ? Optional.of(event.further(new byte[0], new boolean[0])) : moved();
  }

  private Optional<Event> moved() {
    int[] pointed = below.parentColumns();
    List<byte[]> from = Values.parts(values);
    List<byte[]> into = Values.parts(event.to());
    byte[][] to = new byte[pointed.length][];
    boolean[] changed = new boolean[pointed.length];
    for (int i = 0; i < pointed.length; i++) {
      int at = place(pointed[i]);
      changed[i] = setsNull() || event.changed()[at];
      to[i] = setsNull() ? Values.nulls(1) : into.get(at);
      if (changed[i] && !differ(at, from.get(at), to[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(event.further(Values.join(to), changed));
  }

  private boolean differ(int at, byte[] some, byte[] other) {
    if (Values.hasNull(other)) {
      return true;
    }
    byte[] form = above.equalities().get(at).form(some, 0, some.length);
    byte[] otherForm = above.equalities().get(at).form(other, 0, other.length);
    return form != null && otherForm != null && !Arrays.equals(form, otherForm);
  }
}
