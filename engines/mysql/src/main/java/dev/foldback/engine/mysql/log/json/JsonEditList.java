package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Edits of one document, one after another. What a later edit makes void is left out, so that a
 * document whose same few places change all the time has few edits, however often they change.
 */
final class JsonEditList {
  private static final byte[] FROM_END = "[last".getBytes(StandardCharsets.US_ASCII);

  private final List<JsonEdit> edits = new ArrayList<>();

  void addAll(RowBuffer written) {
    JsonEdit.Reader reader = new JsonEdit.Reader(written);
    while (reader.hasNext()) {
      add(reader.next());
    }
  }

  void write(RowBuffer to) {
    edits.forEach(edit -> edit.write(to));
  }

  /** Adds an edit that comes after the others. */
  void add(JsonEdit next) {
    if (!isFromEnd(next)) {
      int i = edits.size() - 1;
      while (i >= 0 && isVoid(edits.get(i), next)) {
        // Of the others between, none has to do with this place.
        if (isWithin(edits.get(i).path, next.path)) {
          edits.remove(i);
        }
        i--;
      }
      if (i >= 0 && Arrays.equals(edits.get(i).path, next.path) && settle(i, next)) {
        return;
      }
    }
    edits.add(next);
  }

  /** Whether the later edit makes the earlier one void, or has nothing to do with it. */
  private static boolean isVoid(JsonEdit edit, JsonEdit next) {
    if (isFromEnd(edit)) {
      return false;
    }
    if (Arrays.equals(edit.path, next.path)) {
      return edit.kind == JsonEdit.Kind.REPLACE && next.kind != JsonEdit.Kind.INSERT;
    }
    if (isWithin(edit.path, next.path)) {
      return next.kind != JsonEdit.Kind.INSERT;
    }
    return !isWithin(next.path, edit.path)
        && !(edit.shifts() && isBelow(next.path, edit.path, lastLeg(edit.path)));
  }

  /** Makes one edit of two of the same place, or none; false where it can't. */
  private boolean settle(int index, JsonEdit next) {
    JsonEdit edit = edits.get(index);
    if (next.kind == JsonEdit.Kind.REPLACE) {
      return edit.kind == JsonEdit.Kind.INSERT && put(index, edit.kind, next);
    }
    // Edits between two that move elements may lie among those that were moved.
    if (edit.shifts() && index < edits.size() - 1) {
      return false;
    }
    return next.kind == JsonEdit.Kind.INSERT
        ? edit.kind == JsonEdit.Kind.REMOVE && put(index, JsonEdit.Kind.REPLACE, next)
        : edit.kind == JsonEdit.Kind.INSERT && edits.remove(index) != null;
  }

  private boolean put(int index, JsonEdit.Kind kind, JsonEdit next) {
    edits.set(index, new JsonEdit(kind, next.path, next.value));
    return true;
  }

  /** Whether a path counts from the end of an array, so that its text alone tells no place. */
  private static boolean isFromEnd(JsonEdit edit) {
    for (int i = 0; i + FROM_END.length <= edit.path.length; i++) {
      if (Arrays.equals(edit.path, i, i + FROM_END.length, FROM_END, 0, FROM_END.length)) {
        return true;
      }
    }
    return false;
  }

  /** Where the last leg of a path to an element begins. */
  private static int lastLeg(byte[] path) {
    int at = path.length - 1;
    while (path[at] != '[') {
      at--;
    }
    return at;
  }

  /** Whether the path leads to what the other leads to, or into it. */
  private static boolean isWithin(byte[] path, byte[] other) {
    return isBelow(path, other, other.length);
  }

  private static boolean isBelow(byte[] path, byte[] other, int length) {
    return path.length >= length
        && Arrays.equals(path, 0, length, other, 0, length)
        && (path.length == length || path[length] == '.' || path[length] == '[');
  }
}
