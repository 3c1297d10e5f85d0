package dev.foldback.core.fold;

import dev.foldback.core.frame.RowBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Patches of large rows that are yet to be put over them. To do that at each change would copy the
 * row each time. Of one row, each that waits is larger than the one after it, so the joining copies
 * a patch as often as the number of them doubles.
 */
final class Tails {
  private static final int SMALLEST = 1 << 12;

  /** Bytes that a tail takes besides its patches. */
  private static final int OVERHEAD = 200;

  private final KeyShape shape;
  private final Map<ByteBuffer, Tail> tails = new HashMap<>();
  private long bytes;

  Tails(KeyShape shape) {
    this.shape = shape;
  }

  /** Patches of one row, from the earliest. */
  static final class Tail {
    final long hash;
    private final Deque<byte[]> patches = new ArrayDeque<>();
    private int size;

    private Tail(long hash) {
      this.hash = hash;
    }
  }

  /** Whether patches of a row of that many bytes are worth keeping. */
  static boolean isFor(int size) {
    return size >= SMALLEST;
  }

  boolean isEmpty() {
    return tails.isEmpty();
  }

  /** Bytes of memory that they take. */
  long allocated() {
    return bytes;
  }

  /**
   * Adds a patch of a row; the bytes are copied.
   *
   * @return how many bytes of patches now wait for that row
   * @throws dev.foldback.core.engine.UnfitEditsException where it does not fit one before
   */
  int add(long hash, byte[] key, int from, int to, byte[] patch, int pFrom, int pTo) {
    Tail tail = tails.get(ByteBuffer.wrap(key, from, to - from));
    if (tail == null) {
      tail = new Tail(hash);
      tails.put(ByteBuffer.wrap(Arrays.copyOfRange(key, from, to)), tail);
      bytes += OVERHEAD + to - from;
    }
    bytes -= tail.size;
    push(tail, Arrays.copyOfRange(patch, pFrom, pTo));
    while (tail.patches.size() > 1) {
      byte[] last = tail.patches.removeLast();
      if (last.length < tail.patches.getLast().length / 2) {
        tail.patches.addLast(last);
        break;
      }
      tail.size -= last.length;
      joinLast(tail, last);
    }
    bytes += tail.size;
    return tail.size;
  }

  private static void push(Tail tail, byte[] patch) {
    tail.patches.addLast(patch);
    tail.size += patch.length;
  }

  private void joinLast(Tail tail, byte[] next) {
    byte[] before = tail.patches.removeLast();
    tail.size -= before.length;
    RowBuffer joined = new RowBuffer(before.length + next.length);
    Patch.overPatch(shape, before, 0, next, 0, next.length, joined);
    push(tail, Arrays.copyOf(joined.bytes, joined.length));
  }

  /** All patches of a tail as one. */
  byte[] joined(Tail tail) {
    while (tail.patches.size() > 1) {
      byte[] last = tail.patches.removeLast();
      tail.size -= last.length;
      joinLast(tail, last);
    }
    return tail.patches.getLast();
  }

  /** Takes the patches of a row away; null where there are none. */
  @Nullable Tail remove(byte[] key, int from, int to) {
    if (tails.isEmpty()) {
      return null;
    }
    Tail tail = tails.remove(ByteBuffer.wrap(key, from, to - from));
    if (tail != null) {
      bytes -= OVERHEAD + to - from + tail.size;
    }
    return tail;
  }

  /** A key that has patches. */
  byte[] anyKey() {
    return tails.keySet().iterator().next().array();
  }
}
