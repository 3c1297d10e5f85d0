package dev.foldback.repository;

import dev.foldback.core.log.SegmentManifest;
import java.util.List;
import java.util.Map;

/**
 * A segment with where its bytes are.
 *
 * @param frames in the order of the log; {@code rows} is 0
 * @param objects bytes of each object that frames are in, as stored
 */
record StoredSegment(SegmentManifest summary, List<FrameRef> frames, Map<String, Long> objects) {
  StoredSegment {
    frames = List.copyOf(frames);
    objects = Map.copyOf(objects);
  }

  String what() {
    return "segment " + summary.number() + " of the log of " + summary.source();
  }
}
