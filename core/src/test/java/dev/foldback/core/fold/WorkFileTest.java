package dev.foldback.core.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFileTest {
  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsReadFromAnyPlace() {
    Random random = new Random(7);
    byte[] bytes = new byte[700_001];
    random.nextBytes(bytes);
    try (WorkFile file = new WorkFile(folder.resolve("made/when/needed"))) {
      int at = 0;
      while (at < bytes.length) {
        int end = Math.min(bytes.length, at + random.nextInt(200_000));
        file.append(bytes, at, end);
        at = end;
        assertThat(file.position()).isEqualTo(at);
        for (int i = 0; i < 20 && at > 0; i++) {
          int from = random.nextInt(at);
          byte[] read = new byte[Math.min(at - from, random.nextInt(300_000)) + 3];
          file.read(from, read, 3, read.length - 3);
          assertThat(Arrays.equals(read, 3, read.length, bytes, from, from + read.length - 3))
              .isTrue();
        }
      }
    }
  }

  @Test
  void theDiskHoldsNoPlainBytesAndTheNameIsGone() throws IOException {
    Path seen = folder.resolve("seen");
    WorkFile.Opener opener =
        () ->
            FileChannel.open(
                seen, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    byte[] secret = "a very secret value".getBytes(StandardCharsets.UTF_8);
    try (WorkFile file = new WorkFile("seen", opener)) {
      for (int i = 0; i < 20_000; i++) {
        file.append(secret, 0, secret.length);
      }
      file.read(file.position() - 1, new byte[1], 0, 1);
    }
    assertThat(Files.size(seen)).isEqualTo(20_000L * secret.length);
    assertThat(new String(Files.readAllBytes(seen), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    Files.delete(seen);
    try (WorkFile file = new WorkFile(folder)) {
      file.append(secret, 0, secret.length);
      file.read(0, new byte[1], 0, 1);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aFullDiskIsTold() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (WorkFile file =
        new WorkFile("/work", () -> FileChannel.open(full, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> file.append(new byte[1 << 20], 0, 1 << 20))
          .isInstanceOfSatisfying(
              FoldbackException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.WORK_FOLDER);
                assertThat(e).hasMessageContaining("/work").hasMessageContaining("No space left");
                assertThat(e.hint()).contains("Make room");
              });
    }
  }
}
