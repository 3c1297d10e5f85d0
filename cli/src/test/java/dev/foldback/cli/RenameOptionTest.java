package dev.foldback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenameOptionTest {

  @Test
  void schemasAndTablesAreRead() {
    var renames = RenameOption.parse(List.of("a=b", "s.t=u.v"));
    assertThat(renames.schemas()).isEqualTo(Map.of("a", "b"));
    assertThat(renames.tables())
        .isEqualTo(Map.of(new TableName("s", "t"), new TableName("u", "v")));
  }

  @Test
  void aBackslashKeepsDotsAndEqualsSigns() {
    var renames = RenameOption.parse(List.of("my\\.shop=a\\=b"));
    assertThat(renames.schemas()).isEqualTo(Map.of("my.shop", "a=b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=b=c", "=b", "a=", "a.b=c", "a.b.c=d.e.f", "a*=b", "a.=b.c"})
  void whatIsNoRenameIsRefused(String option) {
    assertThatThrownBy(() -> RenameOption.parse(List.of(option)))
        .isInstanceOf(FoldbackException.class)
        .hasMessageContaining("'" + option + "'");
  }

  @Test
  void theSameNameCantGoToTwoPlaces() {
    assertThatThrownBy(() -> RenameOption.parse(List.of("a=b", "a=c")))
        .hasMessageContaining("another --rename");
  }
}
