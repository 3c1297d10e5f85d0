package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.log.LogBrokenException;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.engine.mysql.log.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Which log file a dump is in, where in it, and how its events are made. */
final class LogFile {
  /** In the format description: a number, then the server's version, then when it was made. */
  private static final int VERSION_AT = Event.HEADER + 2;

  private static final int VERSION_LENGTH = 50;
  private static final int OFFSET_LENGTH = 8;

  private String name;
  private long offset;
  private byte[] format = new byte[0];
  private boolean checksummed;

  LogFile(String name, long offset) {
    this.name = name;
    this.offset = offset;
  }

  LogPlace place() {
    return new LogPlace(name, offset);
  }

  String name() {
    return name;
  }

  long offset() {
    return offset;
  }

  byte[] format() {
    return format;
  }

  /** Whether its events end with a checksum. */
  boolean checksummed() {
    return checksummed;
  }

  void advance(long length) {
    offset += length;
  }

  /**
   * Proves that the event begins here. Where an event does not tell its end, the next one that does
   * proves it too.
   */
  void requireHere(Event event, long length) {
    boolean here = (offset + length & 0xFFFFFFFFL) == event.endPosition();
    if (!here && event.endPosition() != 0) {
      throw broken(
          "an event of "
              + length
              + " bytes says that it ends at "
              + event.endPosition()
              + ", so something is missing before it");
    }
  }

  /** The file that a ROTATE names. */
  static String named(Event rotate) {
    int from = rotate.bodyStart() + OFFSET_LENGTH;
    int end = rotate.at() + rotate.length();
    // What the server makes up has a checksum where it was told that the reader knows them.
    if (end - from > Event.CHECKSUM
        && new Event(rotate.bytes(), rotate.at(), rotate.length(), true).isSound()) {
      end -= Event.CHECKSUM;
    }
    return new String(rotate.bytes(), from, end - from, StandardCharsets.UTF_8);
  }

  /** Goes on to the next file, which must be the one whose number follows. */
  void follow(String next) {
    LogPlace start = new LogPlace(next, LogOrder.FILE_START);
    if (!LogOrder.follows(place(), start)) {
      throw new LogBrokenException(
          "not-continuous", "after log file " + name + " the server goes on with " + next, null);
    }
    name = next;
    offset = LogOrder.FILE_START;
  }

  /**
   * Takes the format description of this file.
   *
   * @param known the one that it had before, in Base64; empty where that is not known
   */
  void describe(Event event, String known) {
    format = Arrays.copyOfRange(event.bytes(), event.at(), event.at() + event.length());
    checksummed = format[format.length - Event.CHECKSUM - 1] == 1;
    if (checksummed && !new Event(format, 0, format.length, true).isSound()) {
      throw broken("its format description has a wrong checksum");
    }
    byte[] before = Base64.getDecoder().decode(known);
    if (before.length > 0 && !isSame(before)) {
      throw new LogBrokenException(
          "reset",
          "log file "
              + name
              + " is not the one that was stored: it was made at "
              + made(format)
              + ", the stored one at "
              + made(before)
              + ", so the log was reset in between",
          null);
    }
  }

  /** The header's time and server, and the version: the rest is changed for replicas. */
  private boolean isSame(byte[] before) {
    int header = 9;
    return before.length == format.length
        && equal(before, 0, header)
        && equal(before, VERSION_AT, VERSION_AT + VERSION_LENGTH);
  }

  private boolean equal(byte[] before, int from, int to) {
    return Arrays.equals(before, from, to, format, from, to);
  }

  private static Instant made(byte[] format) {
    return Instant.ofEpochSecond(new Event(format, 0, format.length, true).timestamp());
  }

  LogBrokenException broken(String what) {
    return new LogBrokenException(
        "not-continuous", "the log can't be followed at " + place() + ": " + what, null);
  }
}
