package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The changes of a table as {@link SpilledJoin} left them in the work file. */
final class SpilledOverlay extends Overlay {
  private static final Comparator<RecordReader> BY_ORDINAL =
      Comparator.comparingLong(r -> Entry.hash(r.bytes, r.at));

  private final KeyShape shape;
  private final @Nullable KeyOrder order;
  private final PriorityQueue<RecordReader> actions = new PriorityQueue<>(BY_ORDINAL);
  private final Source inserts;
  private final KeyReader key;
  private final RowBuffer patched = new RowBuffer(1 << 10);
  private final RowBuffer given = new RowBuffer(1 << 10);

  SpilledOverlay(KeyShape shape, SpilledJoin.Plan plan) {
    this.shape = shape;
    this.order = shape.order();
    this.key = new KeyReader(shape);
    for (SpilledJoin.Part part : plan.actions()) {
      offer(actions, new RecordReader(plan.file(), part.from(), part.end()));
    }
    List<Supplier<RecordReader>> readers = new ArrayList<>();
    for (SpilledJoin.Part part : plan.inserts()) {
      readers.add(() -> new RecordReader(plan.file(), part.from(), part.end()));
    }
    inserts = order == null ? new InTurn(readers) : new Sorted(readers, order);
  }

  private static void offer(PriorityQueue<RecordReader> queue, RecordReader reader) {
    if (reader.next()) {
      queue.add(reader);
    }
  }

  @Override
  void meet(RowScan row) {
    if (order != null && inserts.peek() != null) {
      key.ofRow(row.bytes, row.from, row.to);
    }
  }

  @Override
  boolean insertsBefore() {
    RecordReader r = order == null ? null : inserts.peek();
    if (order == null || r == null) {
      return false;
    }
    int start = Entry.keyStart(r.at);
    int end = Entry.keyEnd(r.bytes, r.at);
    if (order.compare(r.bytes, start, end, key.bytes, key.from, key.to) >= 0) {
      return false;
    }
    take(r);
    return true;
  }

  @Override
  boolean insertsAtEnd() {
    RecordReader r = inserts.peek();
    if (r == null) {
      return false;
    }
    take(r);
    return true;
  }

  /** Copies, because the reader goes on. */
  private void take(RecordReader r) {
    copy(r);
    inserts.advance();
  }

  private void copy(RecordReader r) {
    given.clear();
    Patch.append(given, r.bytes, Entry.keyEnd(r.bytes, r.at), Entry.end(r.bytes, r.at));
    give(given.bytes, 0, given.length);
  }

  @Override
  Fate fate(RowScan row) {
    RecordReader r = actions.peek();
    if (r == null || Entry.hash(r.bytes, r.at) != row.ordinal) {
      return Fate.KEPT;
    }
    Fate fate = Fate.REPLACED;
    switch (Entry.kind(r.bytes, r.at)) {
      case Entry.DELETE -> fate = Fate.DROPPED;
      case Entry.PUT -> copy(r);
      default -> {
        int end = Entry.end(r.bytes, r.at);
        int patch = Entry.keyEnd(r.bytes, r.at);
        patched.clear();
        Patch.overRow(shape, row.bytes, row.from, r.bytes, patch, end, patched);
        give(patched.bytes, 0, patched.length);
      }
    }
    offer(actions, actions.remove());
    return fate;
  }

  @Override
  void end() {
    if (!actions.isEmpty()) {
      throw new IllegalStateException("the snapshot gave fewer rows the second time");
    }
  }

  /** New rows one after another. */
  private interface Source {
    /** At the next row, or null. */
    @Nullable RecordReader peek();

    /** Goes past it. */
    void advance();
  }

  /** Part after part. */
  private static final class InTurn implements Source {
    private final List<Supplier<RecordReader>> parts;
    private @Nullable RecordReader current;
    private int next;

    InTurn(List<Supplier<RecordReader>> parts) {
      this.parts = parts;
      advance();
    }

    @Override
    public @Nullable RecordReader peek() {
      return current;
    }

    @Override
    public void advance() {
      RecordReader reader = current;
      while (reader == null || !reader.next()) {
        if (next == parts.size()) {
          current = null;
          return;
        }
        reader = parts.get(next++).get();
      }
      current = reader;
    }
  }

  /** All parts at once, the least key first. */
  private static final class Sorted implements Source {
    private final PriorityQueue<RecordReader> queue;

    Sorted(List<Supplier<RecordReader>> parts, KeyOrder order) {
      queue =
          new PriorityQueue<>(
              (a, b) ->
                  order.compare(
                      a.bytes,
                      Entry.keyStart(a.at),
                      Entry.keyEnd(a.bytes, a.at),
                      b.bytes,
                      Entry.keyStart(b.at),
                      Entry.keyEnd(b.bytes, b.at)));
      parts.forEach(part -> offer(queue, part.get()));
    }

    @Override
    public @Nullable RecordReader peek() {
      return queue.peek();
    }

    @Override
    public void advance() {
      offer(queue, queue.remove());
    }
  }
}
