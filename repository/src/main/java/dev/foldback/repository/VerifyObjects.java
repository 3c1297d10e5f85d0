package dev.foldback.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Each object that is to be verified, once, with the distinct frames that are in it. */
final class VerifyObjects {
  private final boolean keepFrames;
  private final ObjectTable objects = new ObjectTable();
  private final List<@Nullable Inside> frames = new ArrayList<>();

  /** The distinct frames of an object; slots hold a frame's number and one, or zero. */
  private static final class Inside {
    private final FrameList list;
    private int[] slots = new int[8];

    Inside(ObjectTable objects) {
      list = new FrameList(objects);
    }

    void add(int object, FrameRef f) {
      byte[] hash = Hash.parse(f.rowHash());
      int slot = slot(f.at(), FrameList.head(hash, 0));
      for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
        int known = slots[slot] - 1;
        if (list.at(known) == f.at() && list.matches(known, hash, f.rows(), f.rowBytes())) {
          return;
        }
      }
      list.add(0, object, f.at(), f.length(), f.rows(), f.rowBytes(), hash);
      slots[slot] = list.size();
      if (2 * list.size() > slots.length) {
        grow();
      }
    }

    private void grow() {
      slots = new int[2 * slots.length];
      for (int i = 0; i < list.size(); i++) {
        int slot = slot(list.at(i), list.hashHead(i));
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = i + 1;
      }
    }

    private int slot(int at, long hashHead) {
      long mixed = (hashHead ^ at) * 0x9e3779b97f4a7c15L;
      return (int) (mixed >>> 32) & (slots.length - 1);
    }
  }

  VerifyObjects(boolean keepFrames) {
    this.keepFrames = keepFrames;
  }

  /** Objects of an index; a size given before by another one stands. */
  void add(ObjectTable from) {
    for (int i = 0; i < from.size(); i++) {
      var _ = objects.of(from.nameOf(i), from.sizeOf(i));
    }
  }

  void index(IndexRef part) {
    var _ = objects.of(part.object(), part.bytes());
  }

  void frame(FrameRef frame, long objectBytes) {
    if (!keepFrames) {
      return;
    }
    int number = objects.of(frame.object(), objectBytes);
    while (frames.size() <= number) {
      frames.add(null);
    }
    Inside inside = frames.get(number);
    if (inside == null) {
      inside = new Inside(objects);
      frames.set(number, inside);
    }
    inside.add(number, frame);
  }

  int size() {
    return objects.size();
  }

  String name(int number) {
    return objects.nameOf(number);
  }

  long bytes(int number) {
    return objects.sizeOf(number);
  }

  long storedBytes() {
    return IntStream.range(0, size()).mapToLong(this::bytes).sum();
  }

  int find(String object) {
    return objects.find(object);
  }

  List<FrameRef> frames(int number) {
    Inside inside = number < frames.size() ? frames.get(number) : null;
    return inside == null
        ? List.of()
        : IntStream.range(0, inside.list.size()).mapToObj(inside.list::get).toList();
  }
}
