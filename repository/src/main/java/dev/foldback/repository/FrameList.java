package dev.foldback.repository;

import java.util.Arrays;

/** Records of frames in their order, 56 bytes each, with objects as numbers of a table. */
final class FrameList {
  private static final int FIELDS = 6;
  private static final int SLICE = 0;
  private static final int OBJECT = 1;
  private static final int AT = 2;
  private static final int LENGTH = 3;
  private static final int ROWS = 4;
  private static final int ROW_BYTES = 5;

  private final ObjectTable objects;
  private byte[] hashes = new byte[Hash.BYTES];
  private int[] numbers = new int[FIELDS];
  private int size;
  private long rows;
  private long rowBytes;

  FrameList(ObjectTable objects) {
    this.objects = objects;
  }

  void add(int slice, int object, int at, int length, int frameRows, int frameBytes, byte[] hash) {
    add(slice, object, at, length, frameRows, frameBytes, hash, 0);
  }

  void add(int slice, FrameList from, int i) {
    int[] n = from.numbers;
    int at = i * FIELDS;
    int object =
        from.objects == objects
            ? n[at + OBJECT]
            : objects.of(from.object(i), from.objects.sizeOf(n[at + OBJECT]));
    add(
        slice,
        object,
        n[at + AT],
        n[at + LENGTH],
        n[at + ROWS],
        n[at + ROW_BYTES],
        from.hashes,
        i * Hash.BYTES);
  }

  private void add(
      int slice,
      int object,
      int at,
      int length,
      int frameRows,
      int frameBytes,
      byte[] hash,
      int from) {
    if (size * FIELDS == numbers.length) {
      int more = size + (size >> 1) + 1;
      numbers = Arrays.copyOf(numbers, more * FIELDS);
      hashes = Arrays.copyOf(hashes, more * Hash.BYTES);
    }
    int base = size * FIELDS;
    numbers[base + SLICE] = slice;
    numbers[base + OBJECT] = object;
    numbers[base + AT] = at;
    numbers[base + LENGTH] = length;
    numbers[base + ROWS] = frameRows;
    numbers[base + ROW_BYTES] = frameBytes;
    System.arraycopy(hash, from, hashes, size * Hash.BYTES, Hash.BYTES);
    size++;
    rows += frameRows;
    rowBytes += frameBytes;
  }

  int size() {
    return size;
  }

  long rows() {
    return rows;
  }

  long rowBytes() {
    return rowBytes;
  }

  int slice(int i) {
    return numbers[i * FIELDS + SLICE];
  }

  /** The index of the slice's first frame, or where it would be. Slices stand in their order. */
  int firstOf(int slice) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (slice(middle) < slice) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  int objectNumber(int i) {
    return numbers[i * FIELDS + OBJECT];
  }

  String object(int i) {
    return objects.nameOf(objectNumber(i));
  }

  long objectSize(int i) {
    return objects.sizeOf(objectNumber(i));
  }

  int at(int i) {
    return numbers[i * FIELDS + AT];
  }

  /** The first eight bytes of the row hash. */
  long hashHead(int i) {
    return head(hashes, i * Hash.BYTES);
  }

  boolean matches(int i, byte[] hash, int frameRows, int frameBytes) {
    return numbers[i * FIELDS + ROWS] == frameRows
        && numbers[i * FIELDS + ROW_BYTES] == frameBytes
        && Arrays.equals(hashes, i * Hash.BYTES, (i + 1) * Hash.BYTES, hash, 0, Hash.BYTES);
  }

  FrameRef get(int i) {
    int base = i * FIELDS;
    return new FrameRef(
        object(i),
        numbers[base + AT],
        numbers[base + LENGTH],
        numbers[base + ROWS],
        numbers[base + ROW_BYTES],
        Hash.hex(hashes, i * Hash.BYTES));
  }

  static long head(byte[] hash, int from) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (hash[from + i] & 0xFF);
    }
    return value;
  }
}
