package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.testkit.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the segments of a repository with the log files of the server. */
final class LogFiles {
  private static final int FLAGS = (int) LogOrder.FILE_START + 17;

  private LogFiles() {}

  /**
   * The captured bytes of each file from where the first segment begins are the file's own.
   *
   * @param whole whether nothing of the files may be missing at their end
   */
  static void assertEqual(Rig rig, TestServer server, boolean whole, String as) throws Exception {
    List<SegmentManifest> segments = rig.log().segments();
    assertThat(LogRange.of(segments)).as(as).hasSize(1);
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    Map<String, Long> starts = new TreeMap<>();
    for (SegmentManifest segment : segments) {
      byte[] bytes = rig.segment(segment.number());
      assertThat(bytes).as(as).hasSize((int) segment.stretch().bytes());
      String file = LogOrder.place(segment.from()).file();
      starts.putIfAbsent(file, LogOrder.place(segment.from()).offset());
      files.computeIfAbsent(file, f -> new ByteArrayOutputStream()).writeBytes(bytes);
    }
    for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
      Path path = server.dataFolder().resolve(file.getKey());
      byte[] real = Files.readAllBytes(path);
      // The flag of a file that is in use: the server hides it from its replicas.
      real[FLAGS] &= ~1;
      byte[] stored = file.getValue().toByteArray();
      int start = starts.getOrDefault(file.getKey(), LogOrder.FILE_START).intValue();
      int end = whole ? real.length : start + stored.length;
      assertThat(Arrays.mismatch(stored, Arrays.copyOfRange(real, start, end)))
          .as("%s: %s from %d", as, path, start)
          .isEqualTo(-1);
    }
  }
}
