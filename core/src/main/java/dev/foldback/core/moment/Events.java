package dev.foldback.core.moment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to rows that a key points to, by the values that it is about. Values without a
 * {@link KeyForm} may be equal to any others: where that decides what a row is, it is refused.
 */
final class Events {
  private final Link link;
  private final Map<String, Alike> parts = new HashMap<>();

  /** Events whose values may be equal. */
  private static final class Alike {
    private final Map<String, List<Event>> sure = new HashMap<>();
    private final Map<String, List<Event>> unsure = new HashMap<>();
    // By time, and only where values may be unsure.
    private final List<Event> all = new ArrayList<>();
    private final TreeMap<Long, Event> allUnsure = new TreeMap<>();
  }

  Events(Link link) {
    this.link = link;
  }

  /**
   * @param values as they stand in frames; none is NULL
   * @return whether it was not known
   */
  boolean add(byte[] values, Event event) {
    KeyForm form = KeyForm.of(link.equalities(), values);
    Alike alike = parts.computeIfAbsent(form.part(), p -> new Alike());
    List<Event> same =
        (form.sure() ? alike.sure : alike.unsure)
            .computeIfAbsent(form.text(), v -> new ArrayList<>(1));
    for (Event known : same) {
      if (known.time() == event.time() && known.deleted() == event.deleted()) {
        if (!known.doesAs(event)) {
          throw Refusals.key(link, event.place(), "over values that became several at once");
        }
        return false;
      }
    }
    insert(same, event);
    if (mayBeUnsure()) {
      insert(alike.all, event);
    }
    if (!form.sure()) {
      alike.allUnsure.putIfAbsent(event.time(), event);
    }
    return true;
  }

  /** Nearly always at the end. */
  private static void insert(List<Event> byTime, Event event) {
    int at = byTime.size();
    while (at > 0 && byTime.get(at - 1).time() > event.time()) {
      at--;
    }
    byTime.add(at, event);
  }

  private boolean mayBeUnsure() {
    return link.equalities().stream().anyMatch(e -> !e.isWhole());
  }

  /**
   * The first event after a time that is about such values.
   *
   * @throws dev.foldback.core.FoldbackException where it can't be told whether one is
   */
  @Nullable Event first(byte[] values, long after) {
    if (Values.hasNull(values)) {
      return null;
    }
    KeyForm form = KeyForm.of(link.equalities(), values);
    Alike alike = parts.get(form.part());
    if (alike == null) {
      return null;
    }
    if (form.sure()) {
      Event next = after(alike.sure.get(form.text()), after);
      Map.Entry<Long, Event> other = alike.allUnsure.higherEntry(after);
      if (other != null && (next == null || other.getKey() <= next.time())) {
        throw Refusals.unsure(link, other.getValue().place());
      }
      return next;
    }
    int at = firstAfter(alike.all, after);
    if (at == alike.all.size()) {
      return null;
    }
    Event next = alike.all.get(at);
    boolean several = at + 1 < alike.all.size() && alike.all.get(at + 1).time() == next.time();
    Event own = after(alike.unsure.get(form.text()), after);
    if (own == null || own.time() > next.time() || several) {
      throw Refusals.unsure(link, next.place());
    }
    return own;
  }

  private static int firstAfter(List<Event> byTime, long time) {
    int from = 0;
    int to = byTime.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (byTime.get(middle).time() > time) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  private static @Nullable Event after(@Nullable List<Event> events, long time) {
    if (events != null) {
      for (Event event : events) {
        if (event.time() > time) {
          return event;
        }
      }
    }
    return null;
  }

  /** Whether some are about values that may be equal to any others. */
  boolean isUnsure() {
    return parts.values().stream().anyMatch(alike -> !alike.allUnsure.isEmpty());
  }

  Stream<Event> all() {
    return parts.values().stream()
        .flatMap(
            alike -> Stream.concat(alike.sure.values().stream(), alike.unsure.values().stream()))
        .flatMap(List::stream);
  }
}
