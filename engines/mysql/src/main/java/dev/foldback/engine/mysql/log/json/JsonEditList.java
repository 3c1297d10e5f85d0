package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Edits of one document, one after another. What a later edit makes void is left out, so that a
 * document whose same few places change all the time has few edits, however often they change.
 */
final class JsonEditList {
  private static final byte[] FROM_END = "[last".getBytes(StandardCharsets.US_ASCII);

  /** Null for one that is void. */
  private final List<@Nullable JsonEdit> edits = new ArrayList<>();

  private final JsonPlaces places = new JsonPlaces();
  private boolean fromEnd;

  void addAll(RowBuffer written) {
    JsonEdit.Reader reader = new JsonEdit.Reader(written);
    while (reader.hasNext()) {
      add(reader.next());
    }
  }

  void write(RowBuffer to) {
    for (JsonEdit edit : edits) {
      if (edit != null) {
        edit.write(to);
      }
    }
  }

  /** Adds an edit that comes after the others. */
  void add(JsonEdit next) {
    boolean settled = false;
    if (isFromEnd(next)) {
      fromEnd = true;
    } else if (fromEnd || places.isEntangled(next)) {
      settled = addBehind(edits.size() - 1, next);
    } else {
      OptionalInt same = places.at(next);
      settled = same.isPresent() && addTo(same.getAsInt(), next);
    }
    if (!settled) {
      edits.add(null);
      set(edits.size() - 1, next);
    }
  }

  /** Looks back as far as edits have nothing to do with it; whether it needs not be added. */
  private boolean addBehind(int last, JsonEdit next) {
    for (int i = last; i >= 0; i--) {
      JsonEdit edit = get(i);
      if (edit != null && isVoid(edit, next)) {
        // Of the others between, none has to do with this place.
        if (isWithin(edit.path, next.path)) {
          set(i, null);
        }
      } else if (edit != null) {
        return Arrays.equals(edit.path, next.path) && settle(i, edit, next);
      }
    }
    return false;
  }

  /** The same where the edit with that number is the only one that has to do with it. */
  private boolean addTo(int index, JsonEdit next) {
    JsonEdit edit = get(index);
    if (edit == null || !Arrays.equals(edit.path, next.path)) {
      // A later one of this place became void, and the number is that one's.
      return addBehind(edits.size() - 1, next);
    }
    if (isVoid(edit, next)) {
      set(index, null);
      return false;
    }
    return settle(index, edit, next);
  }

  /** Null also where there were only void ones from there on. */
  private @Nullable JsonEdit get(int index) {
    return index < edits.size() ? edits.get(index) : null;
  }

  private void set(int index, @Nullable JsonEdit edit) {
    JsonEdit before = edits.set(index, edit);
    if (before != null) {
      places.remove(before);
    }
    if (edit != null) {
      places.add(edit, index);
    }
    while (!edits.isEmpty() && edits.getLast() == null) {
      edits.removeLast();
    }
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
  private boolean settle(int index, JsonEdit edit, JsonEdit next) {
    if (next.kind == JsonEdit.Kind.REPLACE) {
      return edit.kind == JsonEdit.Kind.INSERT && put(index, edit.kind, next);
    }
    // Edits between two that move elements may lie among those that were moved.
    if (edit.shifts() && index < edits.size() - 1) {
      return false;
    }
    if (next.kind == JsonEdit.Kind.INSERT) {
      return edit.kind == JsonEdit.Kind.REMOVE && put(index, JsonEdit.Kind.REPLACE, next);
    }
    if (edit.kind != JsonEdit.Kind.INSERT) {
      return false;
    }
    set(index, null);
    return true;
  }

  private boolean put(int index, JsonEdit.Kind kind, JsonEdit next) {
    set(index, new JsonEdit(kind, next.path, next.value));
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
