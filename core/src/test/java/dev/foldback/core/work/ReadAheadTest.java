package dev.foldback.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final byte[] BYTES = new byte[5_000_001];

  static {
    new Random(1).nextBytes(BYTES);
  }

  @Test
  void itGivesWhatTheOtherDoes() throws Exception {
    try (InputStream ahead = new ReadAhead(new ByteArrayInputStream(BYTES))) {
      assertThat(ahead.read()).isEqualTo(BYTES[0] & 0xFF);
      byte[] rest = ahead.readAllBytes();
      assertThat(rest).hasSize(BYTES.length - 1);
      assertThat(rest[17]).isEqualTo(BYTES[18]);
      assertThat(rest[rest.length - 1]).isEqualTo(BYTES[BYTES.length - 1]);
      assertThat(ahead.read()).isEqualTo(-1);
      assertThat(ahead.read()).isEqualTo(-1);
    }
  }

  @Test
  void aFailureComesAfterTheBytesBeforeIt() throws Exception {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    try (InputStream ahead =
        new ReadAhead(new SequenceInputStream(new ByteArrayInputStream(BYTES), failing))) {
      assertThat(ahead.readNBytes(BYTES.length)).isEqualTo(BYTES);
      assertThatThrownBy(ahead::read).isInstanceOf(IOException.class).hasMessage("gone");
    }
  }

  @Test
  void closingBeforeTheEndStopsAndClosesTheOther() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream endless =
        new FilterInputStream(new ByteArrayInputStream(BYTES)) {
          @Override
          public int read(byte[] to, int offset, int length) {
            return length;
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (InputStream ahead = new ReadAhead(endless)) {
      assertThat(ahead.read()).isZero();
    }
    assertThat(closed).isTrue();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().equals("foldback-read-ahead") && t.isAlive());
  }
}
