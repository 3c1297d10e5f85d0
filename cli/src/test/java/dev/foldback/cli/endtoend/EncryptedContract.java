package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import dev.foldback.core.log.LogOrder;
import dev.foldback.core.log.LogRange;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose files are all encrypted: tables, redo log, temporary files and binary log. */
abstract class EncryptedContract {
  private static final String NEEDLE = "needle-in-the-log";
  private static final String SUMS =
      "CHECKSUM TABLE shop.customer, shop.orders, shop.item, shop.visit";

  /** A server that encrypts all it can. */
  abstract TestServer encrypted();

  /** Another that encrypts nothing by itself. */
  abstract TestServer plain();

  /** Has the server encrypt its next log files with another key, where it can. */
  abstract void changeKey(TestServer server) throws SQLException;

  @Test
  void itsLogIsCapturedAndFoldedAndItsTablesComeBack(@TempDir Path folder) throws Exception {
    try (TestServer server = encrypted();
        TestServer other = plain()) {
      Shop.fill(server, 2000);
      Rig rig = Rig.init(folder);
      rig.backup(server.endpoint());
      server.execute(
          "UPDATE shop.customer SET name='" + NEEDLE + "' WHERE id<100", "FLUSH BINARY LOGS");
      changeKey(server);
      server.restart();
      server.execute(
          "DELETE FROM shop.item WHERE orders%3=0",
          "ALTER TABLE shop.visit ADD COLUMN later INT", "UPDATE shop.visit SET later=7 LIMIT 50");
      rig.capture(server.endpoint(), true, false, Progress.NONE);
      List<String> sums = server.texts(SUMS);
      Cut moment = new Cut.Place(LogOrder.place(rig.log().segments().getLast().to()));
      server.execute("DELETE FROM shop.item", "DROP TABLE shop.visit");
      rig.capture(server.endpoint(), true, false, Progress.NONE);

      assertThat(filesWithNeedle(server)).as("the server's own files").isEmpty();
      assertThat(segmentsWithNeedle(rig)).as("what was captured").isPositive();
      assertThat(LogRange.of(rig.log())).hasSize(1);
      assertThat(rig.verify(false).findings()).isEmpty();
      rig.restore(
          other.endpoint(),
          moment,
          Selection.ALL,
          Renames.NONE,
          LoadRequest.Existing.REFUSE,
          Progress.NONE);
      assertThat(other.texts(SUMS)).isEqualTo(sums);
      assertThat(other.texts("SELECT COUNT(*) FROM shop.customer WHERE name='" + NEEDLE + "'"))
          .isEqualTo(List.of("99"));
    }
  }

  private static List<Path> filesWithNeedle(TestServer server) throws IOException {
    try (Stream<Path> files = Files.list(server.dataFolder())) {
      return files
          .filter(f -> f.getFileName().toString().matches("binlog\\.[0-9]+"))
          .filter(EncryptedContract::hasNeedle)
          .toList();
    }
  }

  private static boolean hasNeedle(Path file) {
    try {
      return holdsNeedle(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean holdsNeedle(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(NEEDLE);
  }

  private static int segmentsWithNeedle(Rig rig) throws IOException {
    int found = 0;
    for (SegmentManifest segment : rig.log().segments()) {
      found += holdsNeedle(rig.segment(segment.number())) ? 1 : 0;
    }
    return found;
  }
}
