package dev.foldback.engine.mysql.ddl;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A collation of which is known which texts it holds equal, at least among plain ones: printable
 * ASCII without the backslash. Collations of single languages are none: some of them take two
 * letters for one, in some spellings only. A test asks servers about every one that is known here.
 *
 * @param name as the server prints it
 * @param binary whether texts are equal by their bytes alone
 * @param caseless whether ASCII letters are equal in both cases
 * @param blanks whether they count at the end of a text
 */
record Collation(String name, boolean binary, boolean caseless, Blanks blanks) {
  enum Blanks {
    COUNT,
    IGNORED,
    /** They count on MySQL; MariaDB takes the collation for another. */
    UNSURE
  }

  private static final Pattern BINARY =
      Pattern.compile(
          "(utf8|utf8mb3|utf8mb4|ascii|latin1|latin2|latin5|latin7|cp1250|cp1251|cp1256|cp1257"
              + "|greek|hebrew|koi8r|koi8u)(_nopad)?_bin");

  private static final Pattern UNICODE =
      Pattern.compile(
          "(utf8|utf8mb3|utf8mb4)_(general|unicode|unicode_520)(_nopad)?_ci"
              + "|(utf8mb3|utf8mb4)_uca1400(_nopad)?_a[is]_c[is]");

  private static final Set<String> OTHERS =
      Set.of(
          "ascii_general_ci",
          "ascii_general_nopad_ci",
          "latin1_swedish_ci",
          "latin1_swedish_nopad_ci",
          "latin1_general_ci",
          "latin1_general_cs",
          "utf8mb4_0900_ai_ci",
          "utf8mb4_0900_as_ci",
          "utf8mb4_0900_as_cs",
          "utf8mb4_0900_bin");

  /** Empty where not enough is known of it. */
  static Optional<Collation> of(String name) {
    boolean binary = BINARY.matcher(name).matches() || name.equals("utf8mb4_0900_bin");
    if (!binary && !UNICODE.matcher(name).matches() && !OTHERS.contains(name)) {
      return Optional.empty();
    }
    Blanks blanks =
        name.contains("_nopad_") || name.contains("_0900_") ? Blanks.COUNT : Blanks.IGNORED;
    return Optional.of(
        new Collation(
            name,
            binary,
            name.endsWith("_ci"),
            name.equals("utf8mb4_0900_bin") ? Blanks.UNSURE : blanks));
  }
}
