package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows that got another key while the log left some of their columns out. Each question
 * is put to the hashes of the key that the row came from; where that row itself was moved there by
 * an earlier run, it waits for the answer to that one, a round later. The earliest question of a
 * round always has its answer, so there are at most as many rounds as runs.
 */
final class MoveAnswers {
  private final TableFold table;
  private final WorkFile file;
  private final long memory;
  private final List<Run> origins;
  private final List<Run> answers = new ArrayList<>();
  private final RowBuffer row = new RowBuffer(1 << 10);
  private final RowBuffer key = new RowBuffer(64);

  /**
   * @param origins rows of the snapshot that are asked for
   */
  MoveAnswers(TableFold table, List<Run> origins, WorkFile file, long memory) {
    this.table = table;
    this.origins = origins;
    this.file = file;
    this.memory = memory;
  }

  List<Run> find() {
    List<Run> open = table.moves();
    while (!open.isEmpty()) {
      open = round(open);
    }
    return answers;
  }

  private List<Run> round(List<Run> questions) {
    long[] sizes = new long[Run.PARTS];
    for (List<Run> runs : List.of(questions, table.runs(), origins, answers)) {
      runs.forEach(run -> HashRange.add(run, sizes));
    }
    Loader loader = new Loader(table.shape, table.checked, table.runs(), List.copyOf(answers));
    Moves.RunWriter found = new Moves.RunWriter(file, memory);
    Moves.RunWriter left = new Moves.RunWriter(file, memory);
    for (HashRange range : HashRange.of(sizes, memory)) {
      ask(range, questions, loader.begin(range), found, left);
    }
    List<Run> more = found.end();
    if (more.isEmpty()) {
      throw new IllegalStateException("no moved row could be found");
    }
    answers.addAll(more);
    return left.end();
  }

  private void ask(
      HashRange range,
      List<Run> questions,
      Loader.Loading loading,
      Moves.RunWriter found,
      Moves.RunWriter left) {
    Arena arena = new Arena();
    range.forEach(questions, (run, b, at) -> copy(b, at, arena));
    long[] asked = addresses(arena);
    LongSort.sort(asked, asked.length, (a, b) -> Integer.compare(run(arena, a), run(arena, b)));
    range.forEach(origins, (run, b, at) -> loading.seed(b, at));
    int next = 0;
    for (int run = 0; next < asked.length; run++) {
      while (next < asked.length && run(arena, asked[next]) == run) {
        byte[] b = arena.array(asked[next]);
        answer(loading.reduction.table(), b, Arena.offset(asked[next]), found, left);
        next++;
      }
      if (next < asked.length) {
        loading.next();
      }
    }
  }

  private static void copy(byte[] b, int at, Arena arena) {
    int keyEnd = Entry.keyEnd(b, at);
    int end = Entry.end(b, at);
    long hash = Entry.hash(b, at);
    var _ =
        Entry.append(arena, hash, true, Entry.MOVED, b, Entry.keyStart(at), keyEnd, b, keyEnd, end);
  }

  private static long[] addresses(Arena arena) {
    int count = 0;
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      count++;
    }
    long[] addresses = new long[count];
    int i = 0;
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      addresses[i++] = a;
    }
    return addresses;
  }

  private static int run(Arena arena, long address) {
    return Moves.run(arena.array(address), Arena.offset(address));
  }

  private void answer(
      EntryTable states, byte[] q, int at, Moves.RunWriter found, Moves.RunWriter left) {
    int keyStart = Entry.keyStart(at);
    int keyEnd = Entry.keyEnd(q, at);
    int end = Entry.end(q, at);
    int slot = states.find(Entry.hash(q, at), q, keyStart, keyEnd);
    long address = slot < 0 ? 0 : states.address(slot);
    byte[] b = slot < 0 ? q : states.array(address);
    int state = slot < 0 ? Entry.DEAD : Entry.kind(b, Arena.offset(address));
    if (state == Entry.PENDING) {
      left.add(Entry.hash(q, at), Entry.MOVED, q, keyStart, keyEnd, q, keyEnd, end);
      return;
    }
    if (state != Entry.PUT) {
      throw Mismatch.missing(table.shape, q, keyStart, keyEnd);
    }
    int from = Moves.targetStart(q, at);
    int to = Moves.targetEnd(q, at);
    row.clear();
    int base = Entry.keyEnd(b, Arena.offset(address));
    Patch.overRow(table.shape, b, base, q, to, end, row);
    Moves.answerKey(q, from, to, Moves.run(q, at), key);
    long hash = Bytes.hash(q, from, to);
    found.add(hash, Entry.PUT, key.bytes, 0, key.length, row.bytes, 0, row.length);
  }
}
