package dev.foldback.engine.mysql.log.capture;

import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.log.LogFeed;
import dev.foldback.core.log.LogItem;
import dev.foldback.core.log.LogOptions;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogStart;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.SegmentManifest;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a feed handed out, by log file, and its stretches; cut every so many bytes. */
final class Collected {
  final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
  final List<LogStretch> stretches = new ArrayList<>();
  private final SourceServer server;
  private final long every;

  Collected(SourceServer server, long every) {
    this.server = server;
    this.every = every;
  }

  /** Reads from there up to the log's end as it is now. */
  void read(LogStart start) {
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    int whole = 0;
    try (LogFeed feed = server.openLog(start, new LogOptions(true, Duration.ofSeconds(1)))) {
      while (true) {
        switch (feed.next()) {
          case LogItem.Bytes b -> {
            open.write(
                b.bytes().array(),
                b.bytes().arrayOffset() + b.bytes().position(),
                b.bytes().remaining());
            whole = b.whole() ? open.size() : whole;
            if (b.whole() && open.size() >= every) {
              keep(feed.cut(), open, whole);
              whole = 0;
            }
          }
          case LogItem.FileEnd _ -> {
            keep(feed.cut(), open, open.size());
            whole = 0;
          }
          case LogItem.Quiet _ -> {}
          case LogItem.End _ -> {
            keep(feed.cut(), open, whole);
            return;
          }
        }
      }
    }
  }

  /** Goes on after the newest stretch, as a new process would. */
  void goOn() {
    read(new LogStart.After(manifest()));
  }

  SegmentManifest manifest() {
    return new SegmentManifest(
        new SourceName("test"),
        stretches.size(),
        server.info(),
        stretches.getLast(),
        Instant.EPOCH,
        Instant.EPOCH,
        true,
        Optional.empty(),
        0,
        Optional.empty());
  }

  private void keep(LogStretch stretch, ByteArrayOutputStream open, int length) {
    if (stretch.bytes() != length) {
      throw new AssertionError(stretch + " of " + length + " bytes");
    }
    if (!stretches.isEmpty()) {
      LogStretch last = stretches.getLast();
      if (!LogOrder.follows(last.to(), last.fileEnds(), stretch.from())) {
        throw new AssertionError(stretch + " does not follow " + last);
      }
    }
    stretches.add(stretch);
    ByteArrayOutputStream file =
        files.computeIfAbsent(place(stretch.from()).file(), f -> new ByteArrayOutputStream());
    file.write(open.toByteArray(), 0, length);
    open.reset();
  }

  static LogPlace place(Position position) {
    return LogOrder.place(position);
  }
}
