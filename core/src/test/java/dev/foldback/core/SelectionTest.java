package dev.foldback.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final TableName ORDERS = new TableName("shop", "orders");
  private static final TableName DOTTED = new TableName("a.b", "c.d");

  @Test
  void noPatternTakesEverything() {
    assertThat(Selection.ALL.contains(ORDERS)).isTrue();
    assertThat(Selection.ALL.isEverything()).isTrue();
    assertThat(Selection.ALL.touches("shop")).isTrue();
  }

  @Test
  void aSchemaPatternTakesAllItsTables() {
    Selection shop = new Selection(List.of("sh*"), List.of());
    assertThat(shop.contains(ORDERS)).isTrue();
    assertThat(shop.contains(DOTTED)).isFalse();
    assertThat(shop.touches("stock")).isFalse();
    assertThat(shop.isEverything()).isFalse();
    assertThat(shop.isServerWide()).isFalse();
  }

  @Test
  void aTablePatternTouchesItsSchemaToo() {
    Selection one = new Selection(List.of("shop.orders"), List.of());
    assertThat(one.contains(ORDERS)).isTrue();
    assertThat(one.contains(new TableName("shop", "orders2"))).isFalse();
    assertThat(one.touches("shop")).isTrue();
  }

  @Test
  void excludingKeepsAccounts() {
    Selection selection = new Selection(List.of(), List.of("shop.log"));
    assertThat(selection.isEverything()).isFalse();
    assertThat(selection.isServerWide()).isTrue();
  }

  @Test
  void excludeWins() {
    Selection some = new Selection(List.of("shop"), List.of("shop.ord*"));
    assertThat(some.contains(ORDERS)).isFalse();
    assertThat(some.contains(new TableName("shop", "items"))).isTrue();
    assertThat(some.touches("shop")).isTrue();
    assertThat(new Selection(List.of(), List.of("shop.*")).touches("shop")).isFalse();
  }

  @Test
  void otherCharactersThanTheStarMeanThemselves() {
    assertThat(new Selection(List.of("a\\.b.c\\.d"), List.of()).contains(DOTTED)).isTrue();
    assertThat(new Selection(List.of("a_b"), List.of()).contains(DOTTED)).isFalse();
    assertThat(new Selection(List.of("\\Qx"), List.of()).contains(new TableName("\\Qx", "t")))
        .isTrue();
  }

  @Test
  void aStarOfANameIsWrittenWithABackslash() {
    for (String name : List.of("a*b", "*", "**", "a.*", "x\uD83D\uDE00*y")) {
      Selection one = new Selection(List.of(Selection.literal(name)), List.of());
      assertThat(one.contains(new TableName(name, "t"))).as(name).isTrue();
      assertThat(one.contains(new TableName(name.replace("*", "z"), "t"))).as(name).isFalse();
      assertThat(one.touches(name)).as(name).isTrue();
    }
    Selection both = new Selection(List.of("a\\**.t"), List.of());
    assertThat(both.contains(new TableName("a*bc", "t"))).isTrue();
    assertThat(both.contains(new TableName("abc", "t"))).isFalse();
  }

  @Test
  void aPatternWithoutNamesIsRefused() {
    for (String bad : List.of("", ".", "a.", ".b", "a.b.c")) {
      assertThatThrownBy(() -> new Selection(List.of(bad), List.of()))
          .isInstanceOfSatisfying(
              FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_PATTERN));
    }
  }
}
