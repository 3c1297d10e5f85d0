package dev.foldback.core.fold;

/** Sorts longs that stand for something else, such as addresses: a stable merge sort. */
final class LongSort {
  private static final int SMALL = 16;

  /** The order of what the longs stand for. */
  interface Order {
    int compare(long a, long b);
  }

  private LongSort() {}

  static void sort(long[] values, int length, Order order) {
    sort(values, new long[length], 0, length, order);
  }

  private static void sort(long[] values, long[] spare, int from, int to, Order order) {
    if (to - from <= SMALL) {
      insert(values, from, to, order);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(values, spare, from, middle, order);
    sort(values, spare, middle, to, order);
    if (order.compare(values[middle - 1], values[middle]) <= 0) {
      return;
    }
    System.arraycopy(values, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    for (int i = from; left < middle; i++) {
      boolean takeLeft = right == to || order.compare(spare[left], values[right]) <= 0;
      values[i] = takeLeft ? spare[left++] : values[right++];
    }
  }

  private static void insert(long[] values, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      long value = values[i];
      int j = i;
      for (; j > from && order.compare(values[j - 1], value) > 0; j--) {
        values[j] = values[j - 1];
      }
      values[j] = value;
    }
  }
}
