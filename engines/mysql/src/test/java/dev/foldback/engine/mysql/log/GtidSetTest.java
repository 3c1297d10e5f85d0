package dev.foldback.engine.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class GtidSetTest {
  private static final String A = "11111111-1111-1111-1111-111111111111";
  private static final String B = "22222222-2222-2222-2222-222222222222";

  @Test
  void numbersThatTouchBecomeOneInterval() {
    MySqlGtids set = MySqlGtids.parse("");
    for (String number : new String[] {"5", "1", "3", "2", "4", "7"}) {
      set.add(A + ":" + number);
    }
    assertThat(set.text()).isEqualTo(A + ":1-5:7");
    set.add(A + ":6");
    assertThat(set.text()).isEqualTo(A + ":1-7");
  }

  @Test
  void aSetIsReadAsTheServerWritesItWithTagsAndLineEnds() {
    MySqlGtids set =
        MySqlGtids.parse(B.toUpperCase(Locale.ROOT) + ":1-3:blue:7-9:green:1,\n" + A + ":4");
    assertThat(set.text()).isEqualTo(A + ":4," + B + ":1-3:blue:7-9:green:1");
    assertThat(set.has(B + ":blue:8")).isTrue();
    assertThat(set.has(B + ":8")).isFalse();
    assertThat(MySqlGtids.parse(set.text())).isEqualTo(set);
  }

  @Test
  void aSetContainsAnotherOnlyWithEveryNumberOfIt() {
    MySqlGtids set = MySqlGtids.parse(A + ":1-5:8-10," + B + ":1");
    assertThat(set.containsAll(MySqlGtids.parse(A + ":2-4:9"))).isTrue();
    assertThat(set.containsAll(MySqlGtids.parse(A + ":5-8"))).isFalse();
    assertThat(set.containsAll(MySqlGtids.parse(B + ":1-2"))).isFalse();
    assertThat(set.containsAll(MySqlGtids.parse(""))).isTrue();
    assertThat(set.copy()).isEqualTo(set);
  }

  @Test
  void whatIsNoSetIsRefused() {
    assertThatThrownBy(() -> MySqlGtids.parse("binlog.000001:4"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MariaDbGtids.parse("0-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mariaDbKeepsTheLastOfEachDomain() {
    MariaDbGtids set = MariaDbGtids.parse("1-1-5,0-1-100");
    set.add("0-2-101");
    assertThat(set.text()).isEqualTo("0-2-101,1-1-5");
    assertThat(set.has("0-1-99")).isTrue();
    assertThat(set.has("0-1-102")).isFalse();
    assertThat(set.isLast("0-2-101")).isTrue();
    assertThat(set.isLast("0-1-101")).isFalse();
    assertThat(set.containsAll(MariaDbGtids.parse("1-9-4"))).isTrue();
    assertThat(set.containsAll(MariaDbGtids.parse("2-1-1"))).isFalse();
  }
}
