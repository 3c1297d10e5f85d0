package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.testkit.server.LogFileEnd;
import dev.foldback.testkit.server.TestServer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Compares the segments of a repository with the log files of the server. */
final class LogFiles {
  private static final int FLAGS = 17;

  private LogFiles() {}

  /**
   * The captured bytes of each file from where the first segment begins are the file's own.
   *
   * @param whole whether nothing of the files may be missing at their end
   */
  static void assertEqual(Rig rig, TestServer server, boolean whole, String as) throws Exception {
    List<SegmentManifest> segments = rig.log().segments();
    assertThat(LogRange.of(rig.log())).as(as).hasSize(1);
    for (SegmentManifest segment : segments) {
      byte[] bytes = rig.segment(segment.number());
      LogPlace from = LogOrder.place(segment.from());
      LogPlace to = LogOrder.place(segment.to());
      byte[] real = new byte[bytes.length];
      Path path = server.dataFolder().resolve(from.file());
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
        file.seek(from.offset());
        file.readFully(real);
      }
      if (from.offset() == LogOrder.FILE_START && real.length > FLAGS) {
        // The flag of a file that is in use: the server hides it from its replicas.
        real[FLAGS] &= ~1;
      }
      assertThat(Arrays.mismatch(bytes, real)).as("%s: %s", as, segment).isEqualTo(-1);
      assertThat(to.offset() - from.offset()).as("%s: %s", as, segment).isEqualTo(bytes.length);
      if (whole && (segment.stretch().fileEnds() || segment.equals(segments.getLast()))) {
        assertThat(LogFileEnd.changesAfter(Files.readAllBytes(path), (int) to.offset()))
            .as("%s: %s", as, path)
            .isZero();
      }
    }
  }
}
