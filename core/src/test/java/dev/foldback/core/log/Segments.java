package dev.foldback.core.log;

import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Segments for tests. */
public final class Segments {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Segments() {}

  public static LogStretch stretch(String file, long from, long to, boolean fileEnds) {
    return new LogStretch(
        new Position.Binlog(file, from, ""),
        new Position.Binlog(file, to, ""),
        "",
        Optional.empty(),
        Optional.empty(),
        1,
        1,
        to - from,
        Optional.empty(),
        fileEnds,
        0,
        OptionalLong.empty(),
        Optional.empty());
  }

  public static SegmentManifest segment(long number, LogStretch stretch, boolean continues) {
    return segment(number, stretch, continues, "server");
  }

  public static SegmentManifest segment(
      long number, LogStretch stretch, boolean continues, String server) {
    return new SegmentManifest(
        new SourceName("shop"),
        number,
        new ServerInfo("mysql", "8.0.31", server, Map.of()),
        stretch,
        NOON.plusSeconds(number),
        NOON,
        continues,
        Optional.empty(),
        0,
        Optional.empty());
  }
}
