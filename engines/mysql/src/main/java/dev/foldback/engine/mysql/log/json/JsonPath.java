package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a document an edit is, as MySQL writes it: {@code $}, then legs such as {@code .name},
 * {@code ."a name"}, {@code [3]}, {@code [last]} and {@code [last-2]}.
 */
final class JsonPath {
  private static final byte[] LAST = "last".getBytes(StandardCharsets.US_ASCII);

  /** A step from a value into it. */
  sealed interface Leg {}

  /** Into an object. */
  record Member(JsonKey key) implements Leg {}

  /**
   * Into an array.
   *
   * @param index from 0, from the last element backwards where {@code fromEnd}
   */
  record Cell(int index, boolean fromEnd) implements Leg {}

  private final byte[] text;
  private final int end;
  private int at;

  private JsonPath(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /** The legs of a path. */
  static List<Leg> legs(byte[] text, int from, int to) {
    JsonPath path = new JsonPath(text, from, to);
    path.expect('$');
    List<Leg> legs = new ArrayList<>();
    while (path.at < to) {
      legs.add(path.leg());
    }
    return legs;
  }

  private Leg leg() {
    if (text[at] == '.') {
      at++;
      return at < end && text[at] == '"' ? quoted() : plain();
    }
    expect('[');
    Leg cell = cell();
    expect(']');
    return cell;
  }

  private Member quoted() {
    int from = at;
    at = JsonScan.stringEnd(text, at, end);
    return new Member(new JsonKey(Arrays.copyOfRange(text, from, at)));
  }

  /** A name without quotes is an identifier, which needs no escapes either. */
  private Member plain() {
    int from = at;
    while (at < end && text[at] != '.' && text[at] != '[') {
      at++;
    }
    if (at == from) {
      throw broken();
    }
    byte[] key = new byte[at - from + 2];
    key[0] = '"';
    System.arraycopy(text, from, key, 1, at - from);
    key[key.length - 1] = '"';
    return new Member(new JsonKey(key));
  }

  private Cell cell() {
    boolean fromEnd = at + LAST.length <= end && Arrays.equals(text, at, at + 4, LAST, 0, 4);
    if (!fromEnd) {
      return new Cell(number(), false);
    }
    at += LAST.length;
    if (at < end && text[at] == '-') {
      at++;
      return new Cell(number(), true);
    }
    return new Cell(0, true);
  }

  private int number() {
    long number = 0;
    int from = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      // No array is longer, and a place past the end is all the same.
      number = Math.min(Integer.MAX_VALUE, number * 10 + (text[at++] - '0'));
    }
    if (at == from) {
      throw broken();
    }
    return (int) number;
  }

  private void expect(char c) {
    if (at >= end || text[at] != c) {
      throw broken();
    }
    at++;
  }

  private UnfitEditsException broken() {
    return new UnfitEditsException("a path within a JSON document is not written as one");
  }
}
