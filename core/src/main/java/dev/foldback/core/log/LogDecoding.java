package dev.foldback.core.log;

import java.io.InputStream;
import java.util.function.Predicate;

/**
 * Turns the bytes of segments into what they say. Segments are given one after another; a
 * transaction may begin in one and end in the next. Memory is bounded. What can't be decided fails
 * with {@code LOG_NOT_FOLDABLE}, damage with {@code LOG_DAMAGED}; both name the place. Not for
 * several threads.
 */
public interface LogDecoding extends AutoCloseable {

  /** Asks before each transaction whether it is wanted; the first that is not ends the decoding. */
  void whileWanted(Predicate<Transaction> wanted);

  /**
   * The next segment is not given: no transaction reaches into it, and it says nothing but rows.
   */
  void passOver();

  /**
   * Decodes a segment to its end, or until a transaction comes that is not wanted.
   *
   * @param from where {@code bytes} begin: the segment's start, or the border of an event in it
   * @return false if it stopped
   */
  boolean decode(SegmentManifest segment, LogPlace from, InputStream bytes);

  @Override
  void close();
}
