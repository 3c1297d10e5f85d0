package dev.foldback.engine.mysql.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.testkit.Seed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowTextTest {
  /** Stands for NULL. */
  private static final byte[] NULL = bytes("(no value)");

  @Test
  void plainValuesStandBetweenTabs() {
    assertThat(text(bytes("1"), bytes("abc"), bytes(""))).isEqualTo("1\tabc\t\n");
  }

  @Test
  void nullIsBackslashNAndItsTextIsNot() {
    assertThat(text(NULL, bytes("\\N"), NULL)).isEqualTo("\\N\t\\\\N\t\\N\n");
  }

  @Test
  void onlyTheFourBytesAreEscaped() {
    assertThat(text(bytes("a\tb\nc\\d\0e\r\u001a"))).isEqualTo("a\\tb\\nc\\\\d\\0e\r\u001a\n");
  }

  @Test
  void rowsFollowEachOther() {
    RowBuffer to = new RowBuffer(1);
    RowText text = new RowText(columns(1));
    text.append(packet(List.of(bytes("a"))), to);
    text.append(packet(List.of(NULL)), to);
    text.append(packet(List.of(bytes("b"))), to);
    assertThat(latin1(to)).isEqualTo("a\n\\N\nb\n");
  }

  @Test
  void aLargeRowReservesWhatItNeedsAndNotTwice() {
    byte[] value = new byte[8 << 20];
    Arrays.fill(value, (byte) 'x');
    RowBuffer to = new RowBuffer(1);
    new RowText(columns(1)).append(packet(List.of(value)), to);
    assertThat(to.length).isEqualTo(value.length + 1);
    assertThat(to.bytes.length).isLessThan(value.length + 64);
  }

  @Test
  void anyRowIsWrittenAsAPlainWriterWouldWriteIt() {
    long seed = Seed.next();
    Random random = new Random(seed);
    int[] lengths = {0, 1, 7, 8, 9, 63, 250, 251, 252, 300, 65_535, 65_536, 70_000};
    for (int round = 0; round < 400; round++) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(12); i++) {
        values.add(random.nextInt(5) == 0 ? NULL : value(random, lengths));
      }
      RowBuffer to = new RowBuffer(1);
      new RowText(columns(values.size())).append(packet(values), to);
      assertThat(Arrays.copyOf(to.bytes, to.length))
          .as("seed %d round %d", seed, round)
          .isEqualTo(plainly(values));
    }
  }

  private static byte[] value(Random random, int[] lengths) {
    byte[] value = new byte[lengths[random.nextInt(lengths.length)]];
    random.nextBytes(value);
    if (random.nextBoolean()) {
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) ('a' + (value[i] & 15));
      }
    }
    return value;
  }

  private static byte[] plainly(List<byte[]> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      if (Arrays.equals(value, NULL)) {
        out.writeBytes(bytes("\\N"));
      } else {
        for (byte b : value) {
          switch (b) {
            case 0 -> out.writeBytes(bytes("\\0"));
            case '\t' -> out.writeBytes(bytes("\\t"));
            case '\n' -> out.writeBytes(bytes("\\n"));
            case '\\' -> out.writeBytes(bytes("\\\\"));
            default -> out.write(b);
          }
        }
      }
      out.write(i == values.size() - 1 ? '\n' : '\t');
    }
    return out.toByteArray();
  }

  private static String text(byte[]... values) {
    RowBuffer to = new RowBuffer(1);
    new RowText(columns(values.length)).append(packet(List.of(values)), to);
    return latin1(to);
  }

  private static String latin1(RowBuffer to) {
    return new String(to.bytes, 0, to.length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static List<ColumnLayout> columns(int count) {
    List<ColumnLayout> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new ColumnLayout("c" + i, "blob", Encoding.BYTES));
    }
    return columns;
  }

  /** A row as the text protocol has it. */
  private static byte[] packet(List<byte[]> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : values) {
      if (Arrays.equals(value, NULL)) {
        out.write(251);
      } else {
        int length = value.length;
        if (length < 251) {
          out.write(length);
        } else if (length < 1 << 16) {
          out.writeBytes(new byte[] {(byte) 252, (byte) length, (byte) (length >> 8)});
        } else {
          out.writeBytes(
              new byte[] {(byte) 253, (byte) length, (byte) (length >> 8), (byte) (length >> 16)});
        }
        out.writeBytes(value);
      }
    }
    return out.toByteArray();
  }
}
