package dev.foldback.core.moment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.ActingKey.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderTest {
  private final Life orders = Shop.life("orders", List.of("o"), "o", "up");
  private final Life items = Shop.life("items", List.of("o"), "o");
  private final Life later = Shop.life("items (1)", List.of("o"), "o");
  private final Life pieces = Shop.life("pieces", List.of("o"), "o");
  private final Parts parts = new Parts();

  private Order order(List<Life> first, Map<Life, List<Life>> after, Link... links) {
    return new Order(first, List.of(new Links(List.of(links))), parts, after);
  }

  private static Link link(Life parent, Life child) {
    return Shop.link(parent, child, Action.CASCADE, Action.CASCADE, "o");
  }

  @Test
  void parentsComeFirstAndFormerLivesBeforeLaterOnes() {
    Order order =
        order(
            List.of(pieces, items),
            Map.of(items, List.of(later)),
            link(orders, items),
            link(later, pieces));
    assertThat(order.lives()).containsExactly(items, later, pieces);
    assertThat(order.isCircular()).isFalse();
  }

  @Test
  void partsStandWithTheirLife() {
    Life part = parts.begin(items).orElseThrow();
    Order order = order(List.of(pieces, part), Map.of(), link(part, pieces));
    assertThat(order.lives()).containsExactly(items, pieces);
  }

  @Test
  void aCircleIsKnown() {
    assertThat(order(List.of(orders), Map.of(), link(orders, orders)).isCircular()).isTrue();
    assertThat(
            order(List.of(orders), Map.of(), link(orders, items), link(items, orders)).isCircular())
        .isTrue();
  }

  @Test
  void aLifeHasPartsOfItsOwnNameUpToAnEnd() {
    for (int i = 1; i < Parts.MOST; i++) {
      Life part = parts.begin(items).orElseThrow();
      assertThat(parts.last(items)).isEqualTo(part).isNotEqualTo(items);
      assertThat(Parts.whole(part)).isEqualTo(items);
    }
    assertThat(parts.begin(items)).isEmpty();
    assertThat(Stream.concat(parts.of(items).stream(), Stream.of(later)).distinct())
        .hasSize(Parts.MOST + 1);
    assertThat(parts.last(orders)).isEqualTo(orders);
  }
}
