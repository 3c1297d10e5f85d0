package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.engine.ColumnLayout;
import dev.foldback.core.engine.RowValues;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.fold.FilteredRows;
import dev.foldback.core.log.RowImage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows by their key: {@code id = 42}, {@code id IN (1, 2)}, {@code id BETWEEN 10 AND 20}, {@code a
 * = 1 AND b >= '2026-01-01'}. Only columns of the table's key; nothing of it ever reaches a server.
 * Whole and decimal numbers are compared as numbers; dates and times as times, where a date alone
 * is its midnight; texts are equal to the character, in the same case. Columns of other types, such
 * as ENUM, BINARY, FLOAT and TIMESTAMP, are refused: what stands for their values is easily
 * mistaken.
 */
final class KeyCondition implements FilteredRows.Filter {
  private static final Pattern NUMERIC =
      Pattern.compile(
          "(tiny|small|medium|big)?int\\b.*|integer\\b.*|decimal\\b.*|numeric\\b.*|year\\b.*");
  private static final Pattern TIMES = Pattern.compile("(date|datetime)\\b.*");
  private static final Pattern TEXTS = Pattern.compile("((var)?char|(tiny|medium|long)?text)\\b.*");
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]{1,6}))?)?");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^']|'')*')|(`(?:[^`]|``)+`|[\\p{L}_$][\\p{L}\\p{N}_$]*)"
              + "|(-?[0-9]+(?:\\.[0-9]+)?)|(<=|>=|[<>=(),]))");

  private final String text;
  private final TableDefinition table;
  private final RowValues values;
  private final RowImage image;
  private final List<Test> tests = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  /** What is asked of one column. */
  private record Test(int column, Predicate<@Nullable String> test) {}

  private KeyCondition(String text, TableDefinition table, RowValues values) {
    this.text = text;
    this.table = table;
    this.values = values;
    this.image = new RowImage(table.columns().size());
  }

  /** Fails with {@code USAGE} where the text is no such condition. */
  static KeyCondition parse(String text, TableDefinition table, RowValues values) {
    KeyCondition condition = new KeyCondition(text, table, values);
    if (table.key().isEmpty()) {
      throw condition.wrong(table.name() + " has no key");
    }
    condition.split();
    condition.parse();
    return condition;
  }

  private void split() {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (!text.substring(end).isBlank()) {
      matcher.region(end, text.length());
      if (!matcher.lookingAt()) {
        throw wrong("it can't be read from '" + text.substring(end).strip() + "' on");
      }
      tokens.add(matcher.group().strip());
      end = matcher.end();
    }
  }

  private void parse() {
    do {
      int column = column(next("a column"));
      String operator = next("an operator").toUpperCase(Locale.ROOT);
      switch (operator) {
        case "=" -> tests.add(new Test(column, equal(column, literal())));
        case "<", "<=", ">", ">=" ->
            tests.add(new Test(column, range(column, operator, literal())));
        case "IN" -> in(column);
        case "BETWEEN" -> {
          tests.add(new Test(column, range(column, ">=", literal())));
          require("AND");
          tests.add(new Test(column, range(column, "<=", literal())));
        }
        default -> throw wrong("'" + operator + "' is none of =, <, <=, >, >=, IN, BETWEEN");
      }
    } while (take("AND"));
    if (at < tokens.size()) {
      throw wrong("'" + tokens.get(at) + "' comes where AND or the end should");
    }
  }

  private void in(int column) {
    require("(");
    Predicate<@Nullable String> any = equal(column, literal());
    while (take(",")) {
      any = any.or(equal(column, literal()));
    }
    require(")");
    tests.add(new Test(column, any));
  }

  private String next(String what) {
    if (at == tokens.size()) {
      throw wrong("it ends where " + what + " should be");
    }
    return tokens.get(at++);
  }

  private boolean take(String word) {
    if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
      at++;
      return true;
    }
    return false;
  }

  private void require(String word) {
    if (!take(word)) {
      throw wrong(word + " is missing");
    }
  }

  private int column(String token) {
    String name =
        token.startsWith("`") ? token.substring(1, token.length() - 1).replace("``", "`") : token;
    for (String key : table.key()) {
      if (key.equalsIgnoreCase(name)) {
        return table.columns().stream().map(ColumnLayout::name).toList().indexOf(key);
      }
    }
    throw wrong("'" + name + "' is no column of the key");
  }

  private String literal() {
    String token = next("a value");
    if (token.startsWith("'")) {
      return token.substring(1, token.length() - 1).replace("''", "'");
    }
    if (!token.matches("-?[0-9].*")) {
      throw wrong("'" + token + "' is no value: texts stand in single quotes");
    }
    return token;
  }

  private boolean isNumeric(int column) {
    return NUMERIC.matcher(type(column)).matches();
  }

  private String type(int column) {
    return table.columns().get(column).type().toLowerCase(Locale.ROOT);
  }

  private Predicate<@Nullable String> equal(int column, String literal) {
    if (TEXTS.matcher(type(column)).matches()) {
      if (literal.startsWith("0x")) {
        throw wrong("a text that begins with 0x stands for bytes that are no text");
      }
      return value -> literal.equals(value);
    }
    return range(column, "=", literal);
  }

  private Predicate<@Nullable String> range(int column, String operator, String literal) {
    if (isNumeric(column)) {
      BigDecimal number = number(literal);
      return value -> value != null && holds(operator, new BigDecimal(value).compareTo(number));
    }
    if (TIMES.matcher(type(column)).matches()) {
      String time = time(literal);
      if (time.isEmpty()) {
        throw wrong("'" + literal + "' is no time such as '2026-01-31' or '2026-01-31 12:00:00.5'");
      }
      return value -> value != null && holds(operator, time(value).compareTo(time));
    }
    throw wrong(
        operator
            + " is not for "
            + table.columns().get(column).name()
            + ", which is "
            + type(column)
            + ": whole and decimal numbers, dates and times can be compared, texts with = and IN");
  }

  /** In full length, so that the order of texts is that of times; empty where it is no time. */
  private static String time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return "";
    }
    String clock = matcher.group(2) == null ? "00:00:00" : matcher.group(2);
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    return matcher.group(1) + " " + clock + "." + (fraction + "000000").substring(0, 6);
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "=" -> order == 0;
      default -> order >= 0;
    };
  }

  private BigDecimal number(String literal) {
    try {
      return new BigDecimal(literal);
    } catch (NumberFormatException e) {
      throw wrong("'" + literal + "' is no number");
    }
  }

  private FoldbackException wrong(String why) {
    return new FoldbackException(
        ErrorCode.USAGE,
        "--where \"" + text + "\" does not tell rows of " + table.name() + ": " + why,
        table.key().isEmpty()
            ? "Restore the whole table under another name, and take the rows from there."
            : "Use the columns of its key: "
                + String.join(", ", table.key())
                + "; such as "
                + table.key().getFirst()
                + " = 42, "
                + table.key().getFirst()
                + " IN (1, 2) or "
                + table.key().getFirst()
                + " BETWEEN 10 AND 20, joined by AND.");
  }

  @Override
  public boolean test(byte[] row, int from, int to) {
    image.set(row, from, to);
    for (Test each : tests) {
      if (!each.test.test(values.text(image, each.column))) {
        return false;
      }
    }
    return true;
  }
}
