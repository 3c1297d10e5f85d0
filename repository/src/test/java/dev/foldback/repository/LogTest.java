package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Origin;
import dev.foldback.core.Position;
import dev.foldback.core.SourceName;
import dev.foldback.core.engine.ServerInfo;
import dev.foldback.core.log.LastEvent;
import dev.foldback.core.log.LogHole;
import dev.foldback.core.log.LogStretch;
import dev.foldback.core.log.LogWriter;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.VerifyReport;
import dev.foldback.core.repository.VerifyRequest;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private static final SourceName SHOP = new SourceName("shop");
  private static final Instant UNTIL = Instant.parse("2026-03-01T12:00:00Z");
  private static final ServerInfo SERVER =
      new ServerInfo("mariadb", "11.4.5-MariaDB", "id", Map.of("log_bin", "ON"));

  private final TestStore store = new TestStore();

  private Repository sealed(Path folder) {
    Path key = folder.resolve("key");
    Repositories.init(store, InitOptions.sealed(key));
    return Repositories.open(store, Optional.of(RecoveryKey.read(key)), Clock.systemUTC());
  }

  private Repository plain() {
    Repositories.init(store, InitOptions.unsealed());
    return Repositories.open(store, Optional.empty(), Clock.systemUTC());
  }

  private static LogWriter.Contents contents(long from, long to, boolean continues) {
    LogStretch stretch =
        new LogStretch(
            new Position.Binlog("b.000001", from, "0-1-1"),
            new Position.Binlog("b.000001", to, "0-1-2"),
            "aGVhZA==",
            Optional.of(UNTIL.minusSeconds(2)),
            Optional.of(UNTIL.minusSeconds(1)),
            3,
            9,
            to - from,
            Optional.of(new LastEvent("b.000001", to - 1, 1, "ab".repeat(32))),
            false,
            0,
            OptionalLong.of(2),
            Optional.of(UNTIL));
    Optional<LogHole> hole =
        continues || from == 4
            ? Optional.empty()
            : Optional.of(new LogHole("purged", "gone", Optional.of(UNTIL)));
    return new LogWriter.Contents(
        SERVER, stretch, UNTIL, continues, hole, Optional.of(new Origin("log", "a test")));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(Repository repository, long number) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = repository.openSegment(SHOP, number)) {
      in.transferTo(out);
    }
    return out.toByteArray();
  }

  private static VerifyReport verify(Repository repository, boolean quick) {
    return repository.verify(new VerifyRequest(Optional.empty(), quick, 2), Progress.NONE);
  }

  @Test
  void bytesComeBackExactlyUpToTheMark(@TempDir Path folder) throws Exception {
    try (Repository repository = sealed(folder)) {
      byte[] bytes = random(50 << 20);
      int whole = (37 << 20) + 12_345;
      try (LogWriter writer = repository.beginLog(SHOP, 1)) {
        int at = 0;
        Random random = new Random(1);
        while (at < bytes.length) {
          int more = Math.min(bytes.length - at, 1 + random.nextInt(3 << 20));
          more = at < whole ? Math.min(more, whole - at) : more;
          writer.append(ByteBuffer.wrap(bytes, at, more));
          at += more;
          if (at <= whole && (at == whole || random.nextInt(3) == 0)) {
            writer.mark();
          }
        }
        assertThat(writer.taken()).isEqualTo(bytes.length);
        writer.commit(contents(4, 4 + whole, false));
        assertThat(writer.taken()).isZero();
        writer.append(ByteBuffer.wrap(bytes, whole, 10));
        writer.mark();
        writer.commit(contents(4 + whole, 14 + whole, true));
      }
      assertThat(Arrays.mismatch(read(repository, 1), Arrays.copyOf(bytes, whole))).isEqualTo(-1);
      assertThat(read(repository, 2)).isEqualTo(Arrays.copyOfRange(bytes, whole, whole + 10));
      assertThat(verify(repository, false).findings()).isEmpty();
      assertThat(verify(repository, true).good()).isTrue();
    }
  }

  @Test
  void aManifestSaysAllThatItWasGiven() {
    try (Repository repository = plain();
        LogWriter writer = repository.beginLog(SHOP, 1)) {
      writer.append(ByteBuffer.wrap(random(96)));
      writer.mark();
      SegmentManifest written = writer.commit(contents(4, 100, false));
      writer.append(ByteBuffer.wrap(random(100)));
      writer.mark();
      SegmentManifest second = writer.commit(contents(200, 300, false));
      assertThat(repository.log(SHOP).segments()).containsExactly(written, second);
      assertThat(second.hole()).isPresent();
      assertThat(repository.logs()).containsExactly(SHOP);
      assertThat(store.files).containsKey("log/shop/0000000002.json");
    }
  }

  @Test
  void aNewWriterGoesOnAfterTheNewestAlsoWhereTheListingLags() {
    try (Repository repository = plain()) {
      for (int i = 0; i < 3; i++) {
        int from = 4 + i;
        try (LogWriter writer = repository.beginLog(SHOP, 1)) {
          assertThat(writer.newest().map(SegmentManifest::number).orElse(0L)).isEqualTo(i);
          writer.append(ByteBuffer.wrap(random(1)));
          writer.mark();
          writer.commit(contents(from, from + 1, i > 0));
        }
        store.hidden = key -> key.startsWith("log/") && !key.endsWith("1.json");
      }
      assertThat(repository.log(SHOP).segments()).hasSize(3);
    }
  }

  @Test
  void twoCapturesExcludeEachOtherAndABackupMayRunBeside() {
    try (Repository repository = plain();
        LogWriter _ = repository.beginLog(SHOP, 1)) {
      assertThatThrownBy(() -> repository.beginLog(SHOP, 1).close())
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD);
                assertThat(e.getMessage()).contains("the log of source shop");
              });
      repository.beginLog(new SourceName("other"), 1).close();
      repository
          .begin(SHOP, SERVER, new dev.foldback.core.repository.WriterOptions(1, 1, true))
          .close();
    }
  }

  @Test
  void aSegmentThatAnotherRunCommittedIsNotWrittenAgain() {
    try (Repository repository = plain();
        LogWriter writer = repository.beginLog(SHOP, 1)) {
      store.files.put("log/shop/0000000001.json", new byte[] {1});
      writer.append(ByteBuffer.wrap(random(96)));
      writer.mark();
      assertThatThrownBy(() -> writer.commit(contents(4, 100, false)))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
      assertThat(store.files.get("log/shop/0000000001.json")).hasSize(1);
    }
  }

  @Test
  void whatIsForgottenIsInNoSegment() throws Exception {
    try (Repository repository = plain();
        LogWriter writer = repository.beginLog(SHOP, 1)) {
      writer.append(ByteBuffer.wrap(random(9 << 20)));
      writer.mark();
      writer.forget();
      byte[] bytes = random(96);
      writer.append(ByteBuffer.wrap(bytes));
      writer.mark();
      writer.commit(contents(4, 100, false));
      assertThat(read(repository, 1)).isEqualTo(bytes);
    }
  }

  @Test
  void damageAndHolesAreNamedByVerify() {
    try (Repository repository = plain()) {
      try (LogWriter writer = repository.beginLog(SHOP, 1)) {
        for (int i = 0; i < 4; i++) {
          writer.append(ByteBuffer.wrap(random(100 + i)));
          writer.mark();
          writer.commit(contents(100L * i + 4, 100L * i + 104 + i, i > 0));
        }
      }
      // Segments 2 to 4 do not begin where the one before ends, from the lengths above.
      assertThat(verify(repository, true).findings())
          .filteredOn(f -> f.severity() == Finding.Severity.ERROR)
          .hasSize(2)
          .allMatch(f -> f.message().contains("does not begin where"));
      String object =
          store.files.keySet().stream()
              .filter(k -> k.startsWith("objects/"))
              .findFirst()
              .orElseThrow();
      store.files.put(object, random(5));
      for (boolean quick : new boolean[] {true, false}) {
        assertThat(verify(repository, quick).findings())
            .as("quick %s", quick)
            .anyMatch(
                f -> f.subject().startsWith("log/shop/") && f.message().contains("is damaged"));
      }
      assertThatThrownBy(
              () -> {
                for (long n = 1; n <= 4; n++) {
                  byte[] _ = read(repository, n);
                }
              })
          .isInstanceOf(FoldbackException.class);
    }
  }
}
