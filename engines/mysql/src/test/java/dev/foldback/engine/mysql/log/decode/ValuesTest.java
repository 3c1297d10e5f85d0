package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.frame.RowBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static String text(Consumer<RowBuffer> write) {
    RowBuffer buffer = new RowBuffer(1);
    write.accept(buffer);
    return new String(buffer.bytes, 0, buffer.length, StandardCharsets.UTF_8);
  }

  private static String value(ColumnDecoder decoder, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Cursor in = new Cursor();
    in.set(bytes, 0, bytes.length);
    String text = text(to -> decoder.write(in, to));
    assertThat(in.at).isEqualTo(bytes.length);
    return text;
  }

  private static String real(double value) {
    return text(to -> Doubles.write(to, value));
  }

  @Test
  void doublesHaveTheShortestDigits() {
    assertThat(real(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(real(2e-323)).isEqualTo("2e-323");
    assertThat(real(-0.0)).isEqualTo("-0");
    assertThat(real(0.1)).isEqualTo("0.1");
    assertThat(real(0.30000000000000004)).isEqualTo("0.30000000000000004");
    assertThat(real(1e23)).isEqualTo("1e23");
    assertThat(real(-1.7976931348623157e308)).isEqualTo("-1.7976931348623157e308");
    assertThat(real(3)).isEqualTo("3");
  }

  @Test
  void doublesFarFromThePointHaveAnExponent() {
    assertThat(real(999_999_999_999_999.0)).isEqualTo("999999999999999");
    assertThat(real(1e15)).isEqualTo("1e15");
    assertThat(real(1681524204724956.2)).isEqualTo("1681524204724956.2");
    assertThat(real(1234567890123456.0)).isEqualTo("1.234567890123456e15");
    assertThat(real(1e14)).isEqualTo("100000000000000");
    assertThat(real(1e-15)).isEqualTo("0.000000000000001");
    assertThat(real(1e-16)).isEqualTo("1e-16");
    assertThat(real(1.25e-16)).isEqualTo("1.25e-16");
  }

  @Test
  void numbersOfAllSizes() {
    assertThat(text(to -> Digits.signed(to, Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(text(to -> Digits.unsigned(to, -1, 1))).isEqualTo("18446744073709551615");
    assertThat(text(to -> Digits.unsigned(to, 42, 5))).isEqualTo("00042");
    assertThat(text(to -> Digits.unsigned(to, 0, 1))).isEqualTo("0");
  }

  @Test
  void decimalsFromTheirGroups() {
    // The example of MySQL's decimal2bin.
    assertThat(value(Numbers.decimal(14, 4, false), "810dfb38d204d2")).isEqualTo("1234567890.1234");
    assertThat(value(Numbers.decimal(14, 4, false), "7ef204c72dfb2d"))
        .isEqualTo("-1234567890.1234");
    assertThat(value(Numbers.decimal(5, 5, false), "80002a".substring(0, 6))).isEqualTo("0.00042");
    assertThat(value(Numbers.decimal(10, 2, true), "8000000700")).isEqualTo("00000007.00");
  }

  @Test
  void negativeTimesWithFractions() {
    // -00:00:00.5 with one digit: the whole is one less, and the fraction counts up.
    assertThat(value(Numbers.time(1), "7fffffce")).isEqualTo("-00:00:00.5");
    assertThat(value(Numbers.time(0), "800000")).isEqualTo("00:00:00");
    assertThat(value(Numbers.timestamp(2), "0000000000")).isEqualTo("0000-00-00 00:00:00.00");
    assertThat(value(Numbers.timestamp(0), "ffffffff")).isEqualTo("2106-02-07 06:28:15");
    assertThat(value(Numbers.year(), "00")).isEqualTo("0000");
  }

  @Test
  void addressesAsMariaDbPrintsThem() {
    assertThat(inet6("00000000000000000000000000000000")).isEqualTo("::");
    assertThat(inet6("00000000000000000000000000000001")).isEqualTo("::1");
    assertThat(inet6("00000000000000000000ffff01020304")).isEqualTo("::ffff:1.2.3.4");
    assertThat(inet6("20010db8000000010001000100010001")).isEqualTo("2001:db8::1:1:1:1:1");
  }

  private static String inet6(String hex) {
    return text(to -> Addresses.inet6(HexFormat.of().parseHex(hex), 0, to));
  }

  @Test
  void statementsOfTheServerAreReadWithTheirNames() {
    assertThat(Xids.of("XA COMMIT X'7831',X'62',7")).isEqualTo("X'7831',X'62',7");
    assertThat(Xids.name("`a``b`")).isEqualTo("a`b");
    assertThat(Xids.name("SAVEPOINT x")).isEqualTo("x");
  }

  @Test
  void clientsOfAllKindsAreUnderstoodOrNot() {
    assertThat(ClientText.decode(new byte[] {(byte) 0xE4}, 8)).isEqualTo("ä");
    assertThat(ClientText.decode(new byte[] {(byte) 0x81}, 8)).isEqualTo("\u0081");
    assertThat(ClientText.decode("ä".getBytes(StandardCharsets.UTF_8), 255)).isEqualTo("ä");
    assertThat(ClientText.decode(new byte[] {(byte) 0xE4}, 255)).isNull();
    assertThat(ClientText.decode(new byte[] {(byte) 0xE4}, 600_000)).isNull();
  }
}
