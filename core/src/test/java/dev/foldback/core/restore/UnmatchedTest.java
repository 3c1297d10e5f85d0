package dev.foldback.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.LoadRequest.Existing;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.log.Cut;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnmatchedTest {
  private static final Unmatched SHOP =
      Unmatched.in(
          Stream.of(new TableName("shop", "item")),
          List.of(
              new SchemaObject("schema", "", "empty", "", Map.of()),
              new SchemaObject("function", "shop", "tax", "", Map.of()),
              new SchemaObject("user", "", "app", "", Map.of())));

  @Test
  void whatIsThereIsMatched() {
    for (String pattern : List.of("shop", "sh*", "shop.item", "shop.tax", "empty", "*")) {
      assertThatCode(() -> refuse(List.of(pattern), Renames.NONE)).doesNotThrowAnyException();
    }
    Renames renames =
        new Renames(
            Map.of("shop", "a", "empty", "b"),
            Map.of(new TableName("shop", "item"), new TableName("c", "d")));
    assertThatCode(() -> refuse(List.of(), renames)).doesNotThrowAnyException();
  }

  @Test
  void aPatternThatMatchesNothingIsRefusedBesideOnesThatDo() {
    for (String pattern : List.of("shpo", "shop.itme", "app", "empty.x")) {
      assertRefused(List.of("shop", pattern), Renames.NONE, "the pattern '" + pattern + "'");
    }
  }

  @Test
  void aRenameOfWhatIsNotThereIsRefused() {
    assertRefused(List.of(), new Renames(Map.of("shpo", "x"), Map.of()), "the schema 'shpo'");
    assertRefused(
        List.of(),
        new Renames(Map.of(), Map.of(new TableName("shop", "itme"), new TableName("a", "b"))),
        "the table 'shop.itme'");
  }

  private static void assertRefused(List<String> include, Renames renames, String what) {
    assertThatThrownBy(() -> refuse(include, renames))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTHING_SELECTED))
        .message()
        .contains(what);
  }

  @Test
  void aRenameInAnotherCaseIsMatchedWhereAServerIgnoresIt() {
    Renames renames =
        new Renames(
            Map.of("Empty", "b"), Map.of(new TableName("SHOP", "Item"), new TableName("c", "d")));
    assertThatCode(() -> refuse(List.of(), renames, true)).doesNotThrowAnyException();
    assertRefused(List.of(), renames, "the schema 'Empty'");
  }

  private static void refuse(List<String> include, Renames renames) {
    refuse(include, renames, false);
  }

  private static void refuse(List<String> include, Renames renames, boolean ignoreCase) {
    SHOP.refuse(
        new RestoreOptions(
            Optional.empty(),
            Optional.empty(),
            new Cut.End(),
            Path.of("target", "work"),
            new Selection(include, List.of()),
            renames,
            Existing.REFUSE,
            1,
            true,
            Optional.empty()),
        ignoreCase,
        "See what it holds.");
  }
}
