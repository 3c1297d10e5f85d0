package dev.foldback.repository;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the objects that frames are in, so that a frame's record holds a number in place of a
 * name. A number can be taken before the object has its name. Safe for several threads.
 */
final class ObjectTable {
  private static final String UNNAMED = "";

  private final List<String> names = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** A number for an object that is still being filled. */
  synchronized int reserve() {
    names.add(UNNAMED);
    sizes.add(0L);
    return names.size() - 1;
  }

  /** The object has its name now. */
  synchronized void name(int number, String name, long size) {
    names.set(number, name);
    sizes.set(number, size);
    numbers.putIfAbsent(name, number);
  }

  /** The number of an object that is stored. */
  synchronized int of(String name, long size) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    int number = reserve();
    name(number, name, size);
    return number;
  }

  /** The number of a known object, or -1. */
  synchronized int find(String name) {
    return numbers.getOrDefault(name, -1);
  }

  synchronized String nameOf(int number) {
    return names.get(number);
  }

  synchronized long sizeOf(int number) {
    return sizes.get(number);
  }

  synchronized int size() {
    return names.size();
  }
}
