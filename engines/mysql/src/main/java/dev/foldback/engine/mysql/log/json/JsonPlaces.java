package dev.foldback.engine.mysql.log.json;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which places of a document edits are about, by the text of their paths. Most edits have to do
 * with no other, or with one of the very same place, and those need no search.
 */
final class JsonPlaces {
  private final Map<ByteBuffer, Place> places = new HashMap<>();

  /** What edits do at a path, and below it. */
  private static final class Place {
    int below;
    int here;

    /** Of the elements of this array. */
    int shifting;

    int last;
  }

  /** Notes an edit and its number. */
  void add(JsonEdit edit, int number) {
    count(edit, 1);
    place(edit.path, edit.path.length).last = number;
  }

  void remove(JsonEdit edit) {
    count(edit, -1);
  }

  private void count(JsonEdit edit, int more) {
    byte[] path = edit.path;
    int before = 1;
    for (int end = 1; end > 0; end = next(path, end)) {
      Place place = place(path, end);
      if (end == path.length) {
        place.here += more;
        place(path, before).shifting += edit.shifts() ? more : 0;
      } else {
        place.below += more;
        before = end;
      }
    }
  }

  private Place place(byte[] path, int end) {
    return places.computeIfAbsent(ByteBuffer.wrap(path, 0, end), _ -> new Place());
  }

  /** Whether there is an edit that has to do with this one, but for one of the very same place. */
  boolean isEntangled(JsonEdit edit) {
    byte[] path = edit.path;
    for (int end = 1; end > 0; end = next(path, end)) {
      Place place = places.get(ByteBuffer.wrap(path, 0, end));
      if (place == null) {
        return false;
      }
      boolean entangled =
          end == path.length
              ? place.below > 0 || place.here > 1
              : place.here > 0 || place.shifting > 0;
      if (entangled) {
        return true;
      }
    }
    return false;
  }

  /** The number of an edit of the very same place that is not entangled. */
  OptionalInt at(JsonEdit edit) {
    Place place = places.get(ByteBuffer.wrap(edit.path));
    return place == null || place.here == 0 ? OptionalInt.empty() : OptionalInt.of(place.last);
  }

  /** Where the leg that begins there ends; 0 where none does. */
  private static int next(byte[] path, int from) {
    if (from >= path.length) {
      return 0;
    }
    int at = from + 1;
    if (path[from] == '.' && at < path.length && path[at] == '"') {
      return JsonScan.stringEnd(path, at, path.length);
    }
    while (at < path.length && path[at] != '.' && path[at] != '[') {
      at++;
    }
    return at;
  }
}
