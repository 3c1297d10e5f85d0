package dev.foldback.core.moment;

import static dev.foldback.core.moment.Shop.ABSENT;
import static dev.foldback.core.moment.Shop.bytes;
import static dev.foldback.core.moment.Shop.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.log.ActingKey.Action;
import dev.foldback.core.log.LogPlace;
import java.util.List;
import org.junit.jupiter.api.Test;

class StirringTest {
  private final Life orders = Shop.life("orders", List.of("o"), "o");
  private final Life items = Shop.life("items", List.of("o", "line"), "o", "line", "v");
  private final Life pieces = Shop.life("pieces", List.of("n", "o", "line"), "o", "line", "n");
  private final Life trail = Shop.life("trail", List.of(), "o", "v");
  private final Link ofOrders = Shop.link(orders, items, Action.CASCADE, Action.CASCADE, "o");
  private final Link ofItems =
      Shop.link(items, pieces, Action.CASCADE, Action.CASCADE, "o", "line");
  private final Link empties = Shop.link(orders, trail, Action.SET_NULL, Action.CASCADE, "o");
  private final Links links = new Links(List.of(ofOrders, ofItems, empties));
  private final Stirring stirring = new Stirring();

  private void changes(Link link, String from, String to, boolean... changed) {
    Event event = Event.changed(1, new LogPlace("log.1", 4), bytes(to), changed, links);
    stirring.add(link, bytes(from), event);
  }

  @Test
  void rowsUnderTheOldAndTheNewKeyAreMet() {
    changes(ofOrders, "1", "5", true);
    assertThat(stirring.met(items, null, image("1", "1", "x"))).isEqualTo(ofOrders);
    assertThat(stirring.met(items, image("5", "1", "x"), null)).isEqualTo(ofOrders);
    assertThat(stirring.met(items, image("7", "1", "x"), image("5", "1", "x"))).isNotNull();
    assertThat(stirring.met(items, image("7", "1", "x"), image("7", "5", "x"))).isNull();
  }

  @Test
  void whatTheLogLeavesOutIsAsBefore() {
    changes(ofOrders, "1", "5", true);
    String[] left = {ABSENT, ABSENT, "y"};
    assertThat(stirring.met(items, image("5", "1", ABSENT), image(left))).isNotNull();
    assertThat(stirring.met(items, image("7", "1", ABSENT), image(left))).isNull();
    assertThat(stirring.met(items, image("7", "1", ABSENT), image("5", ABSENT, ABSENT)))
        .isNotNull();
  }

  @Test
  void tablesFurtherDownAreMetByTheColumnsThatAreKnown() {
    changes(ofOrders, "1", "5", true);
    assertThat(stirring.met(pieces, null, image("5", "9", "1"))).isEqualTo(ofItems);
    assertThat(stirring.met(pieces, null, image("7", "5", "1"))).isNull();
  }

  @Test
  void ofSeveralColumnsThoseThatStayTellRowsApart() {
    changes(ofItems, "5\t1", "\t2", false, true);
    assertThat(stirring.met(pieces, null, image("5", "1", "9"))).isNotNull();
    assertThat(stirring.met(pieces, null, image("5", "2", "9"))).isNotNull();
    assertThat(stirring.met(pieces, null, image("5", "3", "9"))).isNull();
    assertThat(stirring.met(pieces, null, image("7", "1", "9"))).isNull();
    assertThat(stirring.met(items, null, image("5", "1", "9"))).isNull();
  }

  @Test
  void aValueThatMayEqualOthersMeetsAll() {
    changes(ofOrders, "?", "5", true);
    assertThat(stirring.met(items, null, image("7", "1", "x"))).isNotNull();
  }

  @Test
  void rowsThatGoMatterWhereNoKeyTellsThemApart() {
    Event gone = Event.gone(1, new LogPlace("log.1", 4), links);
    stirring.add(ofOrders, bytes("1"), gone);
    assertThat(stirring.met(items, null, image("1", "1", "x"))).isNull();
    stirring.add(empties, bytes("1"), gone);
    assertThat(stirring.met(trail, null, image("1", "x"))).isEqualTo(empties);
    assertThat(stirring.met(trail, image("\\N", "x"), null)).isEqualTo(empties);
    assertThat(stirring.met(trail, null, image("7", "x"))).isNull();
  }

  @Test
  void anotherPartBeginsWithNothing() {
    changes(ofOrders, "1", "5", true);
    stirring.end(items);
    assertThat(stirring.met(items, null, image("1", "1", "x"))).isNull();
    assertThat(stirring.met(pieces, null, image("1", "1", "1"))).isNotNull();
  }
}
