package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions for the row that another key had when a run began: under the origin's key, the number
 * of the run, the new key, and the patch. And their answers: the whole row under the new key with
 * the number of the run behind it, four bytes.
 */
final class Moves {
  private Moves() {}

  /**
   * Writes the questions of the moved rows in an arena.
   *
   * @param run the number that the arena's run will have
   */
  static List<Run> write(WorkFile file, Arena arena, int run, long memory) {
    RunWriter out = new RunWriter(file, memory);
    RowBuffer payload = new RowBuffer(1 << 10);
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      byte[] b = arena.array(a);
      int at = Arena.offset(a);
      if (Entry.kind(b, at) == Entry.MOVED) {
        int keyEnd = Entry.keyEnd(b, at);
        int originEnd = Reduction.originEnd(b, keyEnd);
        int keyStart = Entry.keyStart(at);
        payload.clear();
        payload.reserve(2 * Integer.BYTES);
        Bytes.putInt(payload.bytes, 0, run);
        Bytes.putInt(payload.bytes, Integer.BYTES, keyEnd - keyStart);
        payload.length = 2 * Integer.BYTES;
        Patch.append(payload, b, keyStart, keyEnd);
        Patch.append(payload, b, originEnd, Entry.end(b, at));
        out.add(Entry.MOVED, b, keyEnd + Integer.BYTES, originEnd, payload.bytes, payload.length);
      }
    }
    return out.end();
  }

  /** The run that a question is about. */
  static int run(byte[] b, int at) {
    return Bytes.getInt(b, Entry.keyEnd(b, at));
  }

  static int targetStart(byte[] b, int at) {
    return Entry.keyEnd(b, at) + 2 * Integer.BYTES;
  }

  static int targetEnd(byte[] b, int at) {
    return targetStart(b, at) + Bytes.getInt(b, Entry.keyEnd(b, at) + Integer.BYTES);
  }

  /** The key of an answer. */
  static void answerKey(byte[] b, int from, int to, int run, RowBuffer out) {
    out.clear();
    Patch.append(out, b, from, to);
    out.reserve(Integer.BYTES);
    Bytes.putInt(out.bytes, out.length, run);
    out.length += Integer.BYTES;
  }

  /** Collects records and writes them as runs whenever they take too much memory. */
  static final class RunWriter {
    private final WorkFile file;
    private final long memory;
    private final List<Run> runs = new ArrayList<>();
    private Arena arena = new Arena();

    RunWriter(WorkFile file, long memory) {
      this.file = file;
      this.memory = memory;
    }

    void add(int kind, byte[] key, int from, int to, byte[] payload, int length) {
      add(Bytes.hash(key, from, to), kind, key, from, to, payload, 0, length);
    }

    void add(
        long hash, int kind, byte[] key, int from, int to, byte[] payload, int pFrom, int pTo) {
      var _ = Entry.append(arena, hash, true, kind, key, from, to, payload, pFrom, pTo);
      if (arena.allocated() > memory) {
        write();
      }
    }

    private void write() {
      runs.add(Run.write(file, arena));
      arena = new Arena();
    }

    List<Run> end() {
      if (arena.first() != 0) {
        write();
      }
      return runs;
    }
  }
}
