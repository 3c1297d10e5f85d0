package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.List;

/** Reduces the records of a table's runs, one run after another, a range of hashes at once. */
final class Loader {
  /** All hashes. */
  static final HashRange ALL = new HashRange(0, -1);

  private final KeyShape shape;
  private final boolean checked;
  private final List<Run> runs;
  private final List<Run> answers;

  /**
   * @param answers rows of moved keys, as far as they are known
   */
  Loader(KeyShape shape, boolean checked, List<Run> runs, List<Run> answers) {
    this.shape = shape;
    this.checked = checked;
    this.runs = runs;
    this.answers = answers;
  }

  /** The last state of every key in the range. */
  Reduction load(HashRange range) {
    Loading loading = begin(range);
    for (int i = 0; i < runs.size(); i++) {
      loading.next();
    }
    return loading.reduction;
  }

  Loading begin(HashRange range) {
    return new Loading(range);
  }

  /** Takes one run after another. */
  final class Loading {
    final Reduction reduction = new Reduction(shape, checked);
    private final HashRange range;
    private final EntryTable known = new EntryTable();
    private final RowBuffer key = new RowBuffer(64);
    private int run;

    private Loading(HashRange range) {
      this.range = range;
      range.forEach(answers, this::learn);
    }

    private void learn(int part, byte[] b, int at) {
      int keyStart = Entry.keyStart(at);
      int keyEnd = Entry.keyEnd(b, at);
      long hash = Entry.hash(b, at);
      int slot = known.find(hash, b, keyStart, keyEnd);
      if (slot < 0) {
        known.insert(
            ~slot, hash, true, Entry.PUT, b, keyStart, keyEnd, b, keyEnd, Entry.end(b, at));
      }
    }

    /** Takes a row of the snapshot, before the first run. */
    void seed(byte[] b, int at) {
      int to = Entry.keyEnd(b, at);
      long hash = Entry.hash(b, at);
      int from = Entry.keyStart(at);
      reduction.apply(hash, b, from, to, true, Entry.PUT, b, to, Entry.end(b, at));
    }

    /** Takes the next run. */
    void next() {
      range.forEach(List.of(runs.get(run)), this::take);
      run++;
    }

    private void take(int part, byte[] b, int at) {
      long hash = Entry.hash(b, at);
      int from = Entry.keyStart(at);
      int to = Entry.keyEnd(b, at);
      int kind = Entry.kind(b, at);
      if (kind == Entry.COUNT) {
        reduction.count(hash, b, from, to, Entry.number(b, at));
      } else if (kind == Entry.MOVED) {
        takeMoved(hash, b, at);
      } else {
        boolean existed = Entry.existed(b, at);
        reduction.apply(hash, b, from, to, existed, kind, b, to, Entry.end(b, at));
      }
    }

    private void takeMoved(long hash, byte[] b, int at) {
      int from = Entry.keyStart(at);
      int to = Entry.keyEnd(b, at);
      boolean existed = Entry.existed(b, at);
      Moves.answerKey(b, from, to, run, key);
      int slot = known.find(hash, key.bytes, 0, key.length);
      if (slot < 0) {
        reduction.apply(hash, b, from, to, existed, Entry.PENDING, b, to, to);
        return;
      }
      long address = known.address(slot);
      byte[] row = known.array(address);
      int rowAt = Arena.offset(address);
      int start = Entry.keyEnd(row, rowAt);
      int end = Entry.end(row, rowAt);
      reduction.apply(hash, b, from, to, existed, Entry.PUT, row, start, end);
    }
  }
}
