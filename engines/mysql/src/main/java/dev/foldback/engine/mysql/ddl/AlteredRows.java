package dev.foldback.engine.mysql.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a statement makes of the rows of a table follows from what the log holds. It does
 * not where the server numbers or chooses rows in an order that only it knows, or gives a new
 * column values that come from elsewhere. A replica gets other rows then, too.
 */
public final class AlteredRows {
  /**
   * What a default may call: the same for every session, with the moment and the time zone of the
   * statement, which the log has.
   */
  private static final Set<String> KNOWN =
      Set.of(
          ("abs ascii bin bin_to_uuid bit_count cast ceil ceiling char char_length character_length"
               + " coalesce concat concat_ws conv convert crc32 curdate current_date current_time"
               + " current_timestamp curtime date date_add date_sub datediff day dayofmonth"
               + " dayofweek dayofyear elt field floor from_base64 from_days greatest hex hour if"
               + " ifnull inet6_aton inet6_ntoa inet_aton inet_ntoa insert instr interval isnull"
               + " json_array json_compact json_extract json_object json_quote json_unquote"
               + " last_day lcase least left length localtime localtimestamp locate lower lpad"
               + " ltrim makedate maketime md5 microsecond mid minute mod month now nullif"
               + " octet_length ord period_add period_diff point position quarter quote repeat"
               + " replace reverse right round rpad rtrim sec_to_time second sha sha1 sha2 sign"
               + " space st_geomfromtext st_pointfromtext str_to_date strcmp substr substring"
               + " substring_index time time_to_sec timestamp timestampadd timestampdiff to_base64"
               + " to_days to_seconds trim truncate ucase unhex unix_timestamp upper utc_date"
               + " utc_time utc_timestamp uuid_to_bin weekday year")
              .split(" "));

  /** Their values come from the session or the server, and are called without parentheses. */
  private static final Set<String> ELSEWHERE =
      Set.of("CURRENT_USER", "CURRENT_ROLE", "SESSION_USER", "SYSTEM_USER", "USER", "NEXT");

  /** Words that parentheses may follow though they call nothing. */
  private static final Set<String> OPERATORS =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "XOR",
          "IN",
          "DIV",
          "MOD",
          "AS",
          "LIKE",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "BETWEEN",
          "IS",
          "COLLATE",
          "USING",
          "DECIMAL",
          "BINARY",
          "VARCHAR",
          "DATETIME",
          "FLOAT",
          "DOUBLE");

  private AlteredRows() {}

  /**
   * Why they do not follow; empty where they do.
   *
   * @param before what SHOW CREATE TABLE printed before the statement
   * @param after what it prints after it
   */
  public static Optional<String> unknown(DdlStatement statement, String before, String after) {
    TableStatement old = TableStatement.parse(before);
    TableStatement now = TableStatement.parse(after);
    if (!isOrdered(old)) {
      if (statement.ignores()) {
        return Optional.of("keeps the first of rows that are alike, in an order that is not known");
      }
      if (numbers(old, now)) {
        return Optional.of("numbers rows in an order that is not known");
      }
    }
    for (TableElement column : now.elements()) {
      boolean maybeNew = column.kind() == TableElement.Kind.COLUMN && isNew(statement, old, column);
      if (maybeNew && comesFromElsewhere(column)) {
        return Optional.of(
            "fills the new column " + column.name() + " with values that are not in the log");
      }
    }
    return Optional.empty();
  }

  /** InnoDB keeps rows by the primary key, or else the first unique one that has no NULL. */
  private static boolean isOrdered(TableStatement table) {
    return table.option("ENGINE").orElse("").equalsIgnoreCase("InnoDB")
        && table.elements().stream()
            .anyMatch(
                e ->
                    e.kind() == TableElement.Kind.PRIMARY
                        || (e.kind() == TableElement.Kind.UNIQUE && hasNoNull(table, e)));
  }

  private static boolean hasNoNull(TableStatement table, TableElement key) {
    return !key.columns().isEmpty()
        && key.columns().stream()
            .allMatch(
                c ->
                    column(table, c).map(e -> NotNull.in(Lexer.tokens(e.text()))).orElse(false)
                        && !key.hasWord("HASH"));
  }

  private static Optional<TableElement> column(TableStatement table, String name) {
    return table.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.COLUMN && e.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static boolean numbers(TableStatement old, TableStatement now) {
    return now.elements().stream()
        .filter(e -> e.kind() == TableElement.Kind.COLUMN && e.hasWord("AUTO_INCREMENT"))
        .anyMatch(e -> column(old, e.name()).map(o -> !o.hasWord("AUTO_INCREMENT")).orElse(true));
  }

  /** One that the statement names may have gone and come back. */
  private static boolean isNew(DdlStatement statement, TableStatement old, TableElement column) {
    return column(old, column.name()).isEmpty()
        || (statement.changesColumns()
            && statement.mentions().stream()
                .anyMatch(m -> m.table().equalsIgnoreCase(column.name())));
  }

  private static boolean comesFromElsewhere(TableElement column) {
    List<Token> words = Lexer.tokens(column.text()).stream().filter(Token::matters).toList();
    int at = 0;
    while (at < words.size() && !words.get(at).is("DEFAULT")) {
      at++;
    }
    int depth = 0;
    for (int i = at + 1; i < words.size(); i++) {
      Token word = words.get(i);
      boolean called = i + 1 < words.size() && words.get(i + 1).isSymbol('(');
      depth += word.isSymbol('(') ? 1 : word.isSymbol(')') ? -1 : 0;
      boolean name = word.kind() == Token.Kind.WORD || word.kind() == Token.Kind.NAME;
      boolean unknown = called && name && !KNOWN.contains(word.name().toLowerCase(Locale.ROOT));
      // A division has as many digits as div_precision_increment says, which no log has.
      boolean elsewhere = word.isAny(ELSEWHERE) || word.isSymbol('@') || word.isSymbol('/');
      if (elsewhere || (unknown && !word.isAny(OPERATORS))) {
        return true;
      }
      if (depth == 0 && !called) {
        return false;
      }
    }
    return false;
  }
}
