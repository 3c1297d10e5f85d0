package dev.foldback.core.fold;

/**
 * Records in a {@link WorkFile}, in {@link #PARTS} parts by the first bits of their hash; within a
 * part in the order in which they came.
 */
final class Run {
  private static final int PART_BITS = 8;

  /** How many parts a run has. */
  static final int PARTS = 1 << PART_BITS;

  private final WorkFile file;
  private final long records;

  /** Where each part begins, then where the last one ends. */
  private final long[] offsets;

  private Run(WorkFile file, long records, long[] offsets) {
    this.file = file;
    this.records = records;
    this.offsets = offsets;
  }

  /** The part that a hash belongs to. */
  static int part(long hash) {
    return (int) (hash >>> (Long.SIZE - PART_BITS));
  }

  /** Writes all records of use in the arena, which must not be read after. */
  static Run write(WorkFile file, Arena arena) {
    int[] ends = new int[PARTS + 1];
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      byte[] b = arena.array(a);
      int at = Arena.offset(a);
      if (EntryTable.isOfUse(b, at)) {
        ends[part(Entry.hash(b, at)) + 1]++;
      }
    }
    for (int i = 0; i < PARTS; i++) {
      ends[i + 1] += ends[i];
    }
    long[] addresses = new long[ends[PARTS]];
    int[] next = ends.clone();
    for (long a = arena.first(); a != 0; a = arena.next(a)) {
      byte[] b = arena.array(a);
      int at = Arena.offset(a);
      if (EntryTable.isOfUse(b, at)) {
        addresses[next[part(Entry.hash(b, at))]++] = a;
      }
    }
    long[] offsets = new long[PARTS + 1];
    // Records of one run adjoin: no other writer may come between.
    synchronized (file) {
      offsets[0] = file.position();
      for (int part = 0; part < PARTS; part++) {
        for (int i = ends[part]; i < ends[part + 1]; i++) {
          append(file, arena.array(addresses[i]), Arena.offset(addresses[i]));
        }
        offsets[part + 1] = file.position();
      }
    }
    return new Run(file, addresses.length, offsets);
  }

  /** Writes one record without the room that is left over in it. */
  static void append(WorkFile file, byte[] b, int at) {
    int end = Entry.end(b, at);
    Bytes.putInt(b, at, end - at);
    file.append(b, at, end);
  }

  /** How many records it has. */
  long records() {
    return records;
  }

  /** Bytes in the file. */
  long size() {
    return offsets[PARTS] - offsets[0];
  }

  /** All records. */
  RecordReader all() {
    return new RecordReader(file, offsets[0], offsets[PARTS]);
  }

  /** The records of some parts, the last one included. */
  RecordReader parts(int first, int last) {
    return new RecordReader(file, offsets[first], offsets[last + 1]);
  }

  /** Bytes of one part. */
  long size(int part) {
    return offsets[part + 1] - offsets[part];
  }
}
