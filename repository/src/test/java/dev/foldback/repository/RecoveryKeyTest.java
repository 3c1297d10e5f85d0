package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryKeyTest {
  @TempDir private Path folder;
  private Path file = Path.of("unset");
  private String recipient = "unset";
  private String secret = "unset";

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("key");
    recipient = KeyFile.create(file, "repository", Instant.EPOCH);
    secret = Files.readAllLines(file).getLast();
  }

  private RecoveryKey read(String text) throws IOException {
    Files.writeString(file, text);
    return RecoveryKey.read(file);
  }

  private void refused(String text, String why) throws IOException {
    Files.writeString(file, text);
    refused(file, why);
  }

  private void refused(Path path, String why) {
    FoldbackException e =
        catchThrowableOfType(FoldbackException.class, () -> RecoveryKey.read(path));
    assertThat(e).as(why).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_KEY_FILE);
    assertThat(e).hasMessageContaining(path.toString()).hasMessageContaining(why);
    assertThat(e.hint()).contains("age-keygen");
    for (Throwable t = e; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage()))
          .doesNotContainIgnoringCase(secret.substring(20, 40));
    }
  }

  @Test
  void whatIsNoKeyFileIsRefusedWithTheReasonAndNeverShown() throws IOException {
    refused(folder.resolve("absent"), "there is no such file");
    refused(folder, "it can't be read");
    refused("", "it holds no key");
    refused("# public key: " + recipient + "\n\n", "it holds no key");
    refused("x".repeat((1 << 20) + 1), "far too large");
    refused("#\n" + recipient + "\n", "line 2 is a public key");
    refused("age-encryption.org/v1\n-> X25519\n", "line 1 shows that the file is itself encrypted");
    refused("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", "itself encrypted");
    refused("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", "SSH key");
    refused("AGE-PLUGIN-YUBIKEY-1QQPQQ\n", "age plugin");
    refused(
        secret.substring(0, secret.length() - 1) + "\n", "line 1 is not a whole age secret key");
    refused(secret.replace(secret.charAt(30), secret.charAt(30) == 'Q' ? 'P' : 'Q'), "not a whole");
    refused(secret.toLowerCase(Locale.ROOT) + "\n", "not a whole");
    refused(secret + " " + secret + "\n", "not a whole");
    refused(secret + "\n" + secret.substring(0, 40) + "\n", "line 2 is not a whole");
    refused("\u0000\u0001\u0002", "not a whole");
  }

  @Test
  void commentsBlankLinesAndForeignLineEndsAreFine() throws IOException {
    assertThat(read("\r\n# a note\r\n  " + secret + "  \r\n\r\n").recipients())
        .containsExactly(recipient);
  }

  @Test
  void anyOfSeveralIdentitiesOpens() throws IOException {
    Path other = folder.resolve("other");
    String second = KeyFile.create(other, "another", Instant.EPOCH);
    RecoveryKey both = read(Files.readString(other) + Files.readString(file));
    assertThat(both.recipients()).containsExactly(second, recipient);
    assertThat(both.fits(java.util.List.of(recipient))).isTrue();
    assertThat(both.toString()).doesNotContain(secret.substring(20));
  }

  @Test
  void whatAgeKeygenWritesIsRead() throws Exception {
    Path made = folder.resolve("made");
    Process process;
    try {
      process =
          new ProcessBuilder("age-keygen", "-o", made.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
    } catch (IOException e) {
      Assumptions.abort("age-keygen is not installed: " + e.getMessage());
      return;
    }
    assertThat(process.waitFor()).isZero();
    RecoveryKey key = RecoveryKey.read(made);
    assertThat(Files.readString(made)).contains("# public key: " + key.recipients().getFirst());
    assertThat(key.findings()).isEmpty();
  }

  @Test
  void aFileThatOthersMayReadIsWarnedOf() throws IOException {
    assertThat(RecoveryKey.read(file).findings()).isEmpty();
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw-r--r--"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(RecoveryKey.read(file).findings())
          .singleElement()
          .satisfies(f -> assertThat(f.hint()).isEqualTo("chmod 600 " + file));
    }
  }
}
