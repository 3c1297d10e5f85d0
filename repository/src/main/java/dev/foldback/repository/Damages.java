package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is wrong in the store: whole objects, or single frames of them. */
final class Damages {
  private final Map<String, FoldbackException> objects = new TreeMap<>();
  private final Map<String, Map<Integer, FoldbackException>> frames = new HashMap<>();

  /** Whether the error tells of what is stored, not of the way to it. */
  static boolean isDamage(FoldbackException e) {
    return e.code().exit() == ErrorCode.OBJECT_DAMAGED.exit()
        || e.code() == ErrorCode.REPOSITORY_FORMAT;
  }

  synchronized void object(String object, FoldbackException what) {
    objects.putIfAbsent(object, what);
  }

  synchronized void frame(FrameRef frame, FoldbackException what) {
    frames.computeIfAbsent(frame.object(), o -> new HashMap<>()).putIfAbsent(frame.at(), what);
  }

  synchronized boolean isEmpty() {
    return objects.isEmpty() && frames.isEmpty();
  }

  /** What is wrong with a frame. */
  synchronized Optional<FoldbackException> of(FrameRef frame) {
    FoldbackException whole = objects.get(frame.object());
    return whole != null
        ? Optional.of(whole)
        : Optional.ofNullable(frames.getOrDefault(frame.object(), Map.of()).get(frame.at()));
  }

  synchronized Optional<FoldbackException> of(String object) {
    return Optional.ofNullable(objects.get(object));
  }

  /** Whether the object, or a frame in it, is there and damaged. */
  synchronized boolean isThereDamaged(String object) {
    FoldbackException whole = objects.get(object);
    return whole == null ? frames.containsKey(object) : whole.code() != ErrorCode.OBJECT_MISSING;
  }
}
