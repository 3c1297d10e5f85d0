package dev.foldback.engine.mysql.log.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bodies of events that MySQL 9.7 wrote. */
class SerializedTest {
  @Test
  void aTaggedGtidIsRead() {
    Gtid gtid =
        gtid(
            "027a00000002f9021614f502a5038422c503f5028e04f103000000020404061268656c6c6f5f746167"
                + "08080a0c0c7f593e7cdf246106103d041283120b");
    assertThat(gtid.id()).isEqualTo("be0b0abd-e942-11f1-bd47-02fc00000001:hello_tag:1");
    assertThat(gtid.micros()).isEqualTo(0x066124df7c3e59L);
  }

  @Test
  void numbersOfTwoBytesAreRead() {
    Gtid gtid =
        gtid(
            "028200000002a902a902a902a902a902a902a902a902a902a902a902a902a902a902a902a9020461090604"
                + "746708080a100c7f62477cdf246106104d041283120b");
    assertThat(gtid.id()).isEqualTo("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:tg:300");
  }

  @Test
  void anUnknownFormatIsNotGuessed() {
    assertThatThrownBy(() -> gtid("0402")).hasMessageContaining("serialization format 2");
  }

  private static Gtid gtid(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Cursor in = new Cursor();
    in.set(bytes, 0, bytes.length);
    return Serialized.gtid(in, 0);
  }
}
