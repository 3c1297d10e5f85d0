package dev.foldback.engine.mysql.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server prints and reads is what {@link JsonNumber} says that it does. */
abstract class JsonNumbersContract {
  private static final long SEED = Seed.next();

  abstract TestServer server();

  abstract JsonReading reading();

  @Test
  void theServerSaysHowItReads() throws Exception {
    try (Connection connection = server().connect()) {
      assertThat(JsonReading.ofMySql(connection)).isEqualTo(reading());
    }
  }

  @Test
  void doublesAreKnownByTheirTextAndComeBack() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 40; round++) {
      List<Double> doubles = doubles(random);
      String array = doubles.stream().map(d -> literal(d)).collect(Collectors.joining(","));
      String text = ask("SELECT JSON_ARRAY(" + array + ")");
      assertThat(text)
          .as("seed " + SEED)
          .isEqualTo(
              doubles.stream().map(JsonNumber::print).collect(Collectors.joining(", ", "[", "]")));
      List<String> again = new ArrayList<>();
      for (String number : text.substring(1, text.length() - 1).split(", ", -1)) {
        byte[] bytes = number.getBytes(StandardCharsets.US_ASCII);
        String literal = JsonNumber.literal(bytes, 0, bytes.length, reading());
        again.add(literal == null ? "CAST('" + number + "' AS JSON)" : literal);
      }
      assertThat(ask("SELECT JSON_ARRAY(" + String.join(",", again) + ")"))
          .as("seed " + SEED)
          .isEqualTo(text);
    }
  }

  private static String literal(double d) {
    String text = Double.toString(d);
    return text.indexOf('E') < 0 ? text + "e0" : text;
  }

  private static List<Double> doubles(Random random) {
    List<Double> doubles = new ArrayList<>(List.of(0.0, -0.0, 1.0, 1e15, 1e-15, 4.9E-324));
    while (doubles.size() < 400) {
      double any =
          switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
            case 2 -> random.nextLong() * Math.pow(10, random.nextInt(40) - 20);
            case 3 -> Double.longBitsToDouble(random.nextLong() & 0xfffffffL);
            default -> random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8));
          };
      if (Double.isFinite(any)) {
        doubles.add(any);
      }
    }
    return doubles;
  }

  private String ask(String sql) throws Exception {
    try (Connection connection = server().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
