package dev.foldback.repository;

import java.util.List;

/**
 * Finds frames of one table that the store has already, by the hash of their rows. Never changes
 * once made, so several lanes can share it.
 */
final class TableReuse {
  private final List<FrameList> lists;
  private final long[] heads;
  private final int[] places;
  private final int mask;

  TableReuse(List<FrameList> lists) {
    this.lists = lists;
    int total = lists.stream().mapToInt(FrameList::size).sum();
    int capacity = Integer.highestOneBit(Math.max(1, total)) << 2;
    this.mask = capacity - 1;
    this.heads = new long[capacity];
    this.places = new int[capacity];
    int place = 0;
    for (FrameList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        put(list.hashHead(i), ++place);
      }
    }
  }

  /** A frame of one of the lists. */
  record Found(FrameList list, int index) {}

  interface Accept {
    boolean test(Found found);
  }

  private void put(long head, int place) {
    int slot = (int) head & mask;
    while (places[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    heads[slot] = head;
    places[slot] = place;
  }

  /** The first frame with these rows that is accepted, or null. */
  @org.jspecify.annotations.Nullable
  Found find(byte[] hash, int rows, int rowBytes, Accept accept) {
    long head = FrameList.head(hash, 0);
    for (int slot = (int) head & mask; places[slot] != 0; slot = (slot + 1) & mask) {
      if (heads[slot] == head) {
        Found found = at(places[slot] - 1);
        if (found.list.matches(found.index, hash, rows, rowBytes) && accept.test(found)) {
          return found;
        }
      }
    }
    return null;
  }

  private Found at(int place) {
    int index = place;
    for (FrameList list : lists) {
      if (index < list.size()) {
        return new Found(list, index);
      }
      index -= list.size();
    }
    throw new IllegalStateException("a place outside of all lists");
  }
}
