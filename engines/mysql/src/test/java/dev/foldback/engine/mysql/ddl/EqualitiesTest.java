package dev.foldback.engine.mysql.ddl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.ColumnLayout.Encoding;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.Equality;
import dev.foldback.core.log.TableState;
import dev.foldback.engine.mysql.ddl.Collation.Blanks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EqualitiesTest {

  private static Optional<Equality> of(String type, String rest, String options) {
    TableName name = new TableName("w", "t");
    String sql = "CREATE TABLE `t` (\n  `C` " + type + rest + " DEFAULT NULL\n) " + options;
    return Equalities.of(
        new TableState(
            new SchemaObject("table", "w", "t", sql, Map.of()),
            new TableDefinition(
                name,
                List.of(new ColumnLayout("C", type, Encoding.BYTES)),
                List.of(),
                List.of(),
                0,
                0,
                Map.of())),
        "c");
  }

  private static Optional<Equality> of(String type) {
    return of(type, "", "ENGINE=InnoDB DEFAULT CHARSET=latin1");
  }

  private static @Nullable String form(String collation, String value) {
    Equality equality = of("varchar(9)", " COLLATE " + collation, "").orElseThrow();
    byte[] form = equality.form(("x\t" + value).getBytes(ISO_8859_1), 2, 2 + value.length());
    return form == null ? null : new String(form, ISO_8859_1);
  }

  @Test
  void theCollationIsTheColumnsOwnOrTheTables() {
    Equality swedish =
        new TextEquality(
            "varchar", new Collation("latin1_swedish_ci", false, true, Blanks.IGNORED));
    assertThat(of("varchar(9)")).contains(swedish);
    assertThat(of("varchar(9)", " CHARACTER SET latin1", "DEFAULT CHARSET=utf8mb4"))
        .contains(swedish);
    assertThat(of("varchar(9)", "", "COMMENT='COLLATE=x' COLLATE=latin1_swedish_ci"))
        .contains(swedish);
    assertThat(of("varchar(9)", " CHARACTER SET latin1 COLLATE latin1_bin", "CHARSET=latin1"))
        .contains(
            new TextEquality("varchar", new Collation("latin1_bin", true, false, Blanks.IGNORED)));
  }

  @Test
  void whatServersDifferInIsNotKnown() {
    assertThat(of("varchar(9)", "", "DEFAULT CHARSET=utf8mb4")).isEmpty();
    for (String language :
        List.of(
            "utf8mb4_czech_ci",
            "utf8mb4_cs_0900_ai_ci",
            "utf8mb4_uca1400_turkish_as_ci",
            "utf8mb4_tr_0900_ai_ci",
            "utf8mb4_es_trad_0900_as_cs",
            "latin1_german2_ci",
            "utf8mb3_general_mysql500_ci",
            "sjis_bin",
            "utf16_bin")) {
      assertThat(of("varchar(9)", " COLLATE " + language, "")).as(language).isEmpty();
    }
  }

  @Test
  void typesThatAreStoredInOtherWaysDiffer() {
    assertThat(of("int(5)")).isEqualTo(of("int(11) unsigned")).isNotEmpty();
    assertThat(of("varbinary(9)")).isEqualTo(of("binary(4)")).isNotEmpty();
    assertThat(of("decimal(9,2)")).isNotEqualTo(of("decimal(9,1)")).isNotEmpty();
    assertThat(of("datetime(3)")).isNotEqualTo(of("datetime")).isNotEmpty();
    assertThat(of("char(9)")).isEqualTo(of("char(20)")).isNotEqualTo(of("varchar(9)")).isNotEmpty();
    assertThat(of("int(5) zerofill"))
        .isEqualTo(of("int(5) zerofill"))
        .isNotEqualTo(of("int(6) zerofill"))
        .isNotEqualTo(of("int(5)"))
        .isNotEmpty();
    assertThat(of("double")).isEmpty();
    assertThat(of("text")).isEmpty();
  }

  @Test
  void blanksAtTheEndCountWhereTheCollationDoesNotPad() {
    assertThat(form("utf8mb4_bin", "Ab  ")).isEqualTo("Ab");
    assertThat(form("utf8mb4_0900_bin", "Ab")).isEqualTo("Ab");
    assertThat(form("utf8mb4_0900_bin", "Ab ")).isNull();
    assertThat(form("utf8mb4_nopad_bin", "Ab  ")).isEqualTo("Ab  ");
    assertThat(form("utf8mb4_general_ci", " Ab  ")).isEqualTo(" ab");
    assertThat(form("utf8mb4_0900_ai_ci", " Ab  ")).isEqualTo(" ab  ");
    assertThat(form("utf8mb4_uca1400_nopad_as_ci", "b ")).isEqualTo("b ");
    // A server fills CHAR with blanks and takes them away again, whatever the collation.
    Equality fixed = of("char(4)", " COLLATE utf8mb4_0900_bin", "").orElseThrow();
    assertThat(fixed.form("a   ".getBytes(ISO_8859_1), 0, 4)).containsExactly('a');
  }

  @Test
  void lettersAreAlikeInBothCasesWhereTheCollationSaysSo() {
    assertThat(form("utf8mb4_0900_as_ci", "a-Z[@`{9")).isEqualTo("a-z[@`{9");
    assertThat(form("utf8mb4_0900_as_cs", "a-Z")).isEqualTo("a-Z");
    assertThat(form("latin1_general_cs", "a-Z")).isEqualTo("a-Z");
    assertThat(form("utf8mb4_uca1400_ai_cs", "a-Z")).isEqualTo("a-Z");
  }

  @Test
  void otherCharactersHaveAFormOnlyWhereBytesDecide() {
    for (String value : List.of("\u00c3\u00a9", "a\u0001", "\\t", "\\\\", "a\\0")) {
      assertThat(form("utf8mb4_general_ci", value)).isNull();
      assertThat(form("utf8mb4_0900_as_cs", value)).isNull();
      assertThat(form("utf8mb4_bin", value + " ")).isEqualTo(value);
    }
  }
}
