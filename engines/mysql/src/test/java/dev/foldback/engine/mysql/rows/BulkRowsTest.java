package dev.foldback.engine.mysql.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BulkRowsTest {
  private static final int LARGE = 4 << 20;

  @Test
  void valuesLoseTheirEscapesAndNullIsNoText() throws Exception {
    assertThat(values("1\ta\\tb\\n\\\\\\0\t\n\\N\t\\\\N\t\\N\n", 3, LARGE))
        .containsExactly("1", "a\tb\n\\\0", "", "(null)", "\\N", "(null)");
  }

  @Test
  void rowsOfAnyShapeAreReadAsTheOtherParserReadsThem() throws Exception {
    long seed = Seed.next();
    Random random = new Random(seed);
    int[] lengths = {0, 1, 7, 8, 9, 250, 251, 65_535, 65_536, 300_000};
    for (int round = 0; round < 40; round++) {
      int columns = 1 + random.nextInt(4);
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < 8; row++) {
        for (int column = 1; column <= columns; column++) {
          value(random, lengths[random.nextInt(lengths.length)], text);
          text.append(column == columns ? '\n' : '\t');
        }
      }
      assertThat(values(text.toString(), columns, LARGE))
          .as("seed %d round %d", seed, round)
          .isEqualTo(parsed(text.toString(), columns));
    }
  }

  private static void value(Random random, int length, StringBuilder text) {
    String[] escapes = {"\\t", "\\n", "\\0", "\\\\"};
    if (random.nextInt(5) == 0) {
      text.append("\\N");
      return;
    }
    boolean plain = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      text.append(
          plain || random.nextInt(9) > 0
              ? (char) ('a' + random.nextInt(26))
              : escapes[random.nextInt(escapes.length)]);
    }
  }

  private static List<String> parsed(String text, int columns) throws IOException {
    RowParser parser = new RowParser(stream(text), columns);
    List<String> values = new ArrayList<>();
    for (byte[][] row = parser.next(); row != null; row = parser.next()) {
      for (byte[] value : row) {
        values.add(RowParser.isNull(value) ? "(null)" : new String(value, ISO_8859_1));
      }
    }
    return values;
  }

  @Test
  void fromTheFirstRowThatIsTooLargeOnTheTextIsLeft() throws Exception {
    String before = "1\ta\n".repeat(70_000);
    for (int size : new int[] {990, 400_000}) {
      String rest = "2\t" + "x".repeat(size) + "\\\\\n3\tb\n";
      BulkRows rows = new BulkRows(dribbling(before + rest), 2, 900);
      while (rows.add()) {}

      assertThat(rows.hasRest()).isTrue();
      assertThat(decoded(rows)).hasSize(140_000);
      assertThat(new String(rows.rest().readAllBytes(), ISO_8859_1)).isEqualTo(rest);
    }
  }

  @Test
  void whatIsNoWholeRowIsRefused() {
    assertThatThrownBy(() -> values("1\ta", 2, LARGE)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> values("1\n", 2, LARGE)).hasMessageContaining("as many values");
    assertThatThrownBy(() -> values("1\t2\t3\n", 2, LARGE)).hasMessageContaining("as many values");
  }

  private static List<String> values(String text, int columns, int largest) throws IOException {
    BulkRows rows = new BulkRows(dribbling(text), columns, largest);
    while (rows.add()) {}
    assertThat(rows.hasRest()).isFalse();
    return decoded(rows);
  }

  private static List<String> decoded(BulkRows rows) {
    ByteBuffer in = ByteBuffer.wrap(rows.bytes, 0, rows.length).order(ByteOrder.LITTLE_ENDIAN);
    List<String> values = new ArrayList<>();
    while (in.hasRemaining()) {
      if (in.get() == 1) {
        values.add("(null)");
        continue;
      }
      int first = in.get() & 0xFF;
      long length =
          switch (first) {
            case 252 -> in.getShort() & 0xFFFF;
            case 254 -> in.getLong();
            default -> first;
          };
      byte[] value = new byte[(int) length];
      in.get(value);
      values.add(new String(value, ISO_8859_1));
    }
    return values;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  /** Hands out a few bytes at a time, so that every place is once the end of what was read. */
  private static InputStream dribbling(String text) {
    Random random = new Random(text.length());
    return new FilterInputStream(stream(text)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(5_000)));
      }
    };
  }
}
