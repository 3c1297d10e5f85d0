package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.engine.mysql.log.Event;
import dev.foldback.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final int LARGEST = 3 << 20;

  /** What the spool should hold: events by the sizes at which they begin. */
  private record Kept(long at, String told) {}

  @Test
  void itGivesBackWhatWasNotCutOff(@TempDir Path folder) throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    try (Spool spool = new Spool(folder.resolve("work"))) {
      for (int round = 0; round < 6; round++) {
        spool.restart("binlog.000001");
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          if (!kept.isEmpty() && random.nextInt(8) == 0) {
            int first = random.nextInt(kept.size());
            spool.cut(kept.get(first).at());
            kept.subList(first, kept.size()).clear();
          }
          kept.add(add(spool, random));
          if (random.nextInt(15) == 0) {
            spool.settle();
          }
        }
        int from = random.nextInt(kept.size());
        assertHolds(spool, kept, 0, seed);
        assertHolds(spool, kept, from, seed);
      }
      assertThat(namesIn(folder)).as("a file is nameless as soon as it is open").isEmpty();
    }
  }

  private static Kept add(Spool spool, Random random) {
    byte[] around = new byte[40 + random.nextInt(random.nextInt(3) == 0 ? LARGEST : 1 << 10)];
    random.nextBytes(around);
    Event event = new Event(around, 1, around.length - 1, random.nextBoolean());
    boolean checksummed = random.nextBoolean();
    long offset = random.nextLong(1L << 40);
    long at = spool.size();
    spool.add(event, offset, checksummed);
    return new Kept(at, told("binlog.000001:" + offset, event, checksummed ? Event.CHECKSUM : 0));
  }

  private static String told(String place, Event event, int checksum) {
    byte[] bytes = Arrays.copyOfRange(event.bytes(), event.at(), event.at() + event.length());
    return place + " " + Arrays.hashCode(bytes) + " " + bytes.length + " " + checksum;
  }

  private static void assertHolds(Spool spool, List<Kept> kept, int from, long seed) {
    List<String> told = new ArrayList<>();
    spool.replay(
        kept.get(from).at(),
        (event, at) ->
            told.add(told(at.toString(), event, event.at() + event.length() - event.bodyEnd())));
    assertThat(told)
        .as("seed %s", seed)
        .containsExactlyElementsOf(
            kept.subList(from, kept.size()).stream().map(Kept::told).toList());
  }

  private static List<Path> namesIn(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
