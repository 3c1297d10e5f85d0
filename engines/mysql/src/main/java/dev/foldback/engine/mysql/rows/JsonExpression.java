package dev.foldback.engine.mysql.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expression that makes a document with the types of its numbers: {@code JSON_OBJECT} and
 * {@code JSON_ARRAY} around SQL literals, with a cast text for each container that text makes. It
 * grows with the document, as a path to each number would not. Not for several threads.
 */
final class JsonExpression {
  /** The server nests no deeper. */
  private static final int DEEPEST = 100;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e-?\\d+)?");

  private static final int SURE_DIGITS = 18;
  private static final String TEXT = "CONVERT(? USING utf8mb4)";

  private final byte[] text;
  private final JsonReading reading;
  private final StringBuilder sql = new StringBuilder();

  /** From where to where parameters are in the text; strings are negated. */
  private final List<int[]> parts = new ArrayList<>();

  private int position;
  private int literals;

  private JsonExpression(byte[] text, JsonReading reading) {
    this.text = text;
    this.reading = reading;
  }

  /**
   * @param sql with a question mark for each parameter
   * @param parameters bytes in UTF-8
   */
  record Made(String sql, List<byte[]> parameters) {}

  /** The expression, or null where the document's text makes it, or is none. */
  static @Nullable Made of(byte[] text, JsonReading reading) {
    JsonExpression expression = new JsonExpression(text, reading);
    try {
      expression.value(0);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Not JSON: the server refuses it with its own words.
      return null;
    }
    return expression.literals == 0 || expression.position != text.length
        ? null
        : expression.made();
  }

  private Made made() {
    List<byte[]> parameters = new ArrayList<>(parts.size());
    for (int[] part : parts) {
      parameters.add(
          part[0] < 0
              ? JsonText.meaning(text, -part[0], part[1])
              : Arrays.copyOfRange(text, part[0], part[1]));
    }
    boolean scalar = text[0] != '{' && text[0] != '[';
    return new Made(scalar ? "CAST(" + sql + " AS JSON)" : sql.toString(), parameters);
  }

  private void value(int depth) {
    int from = position;
    switch (text[from]) {
      case '{' -> container(depth, "JSON_OBJECT(", '}');
      case '[' -> container(depth, "JSON_ARRAY(", ']');
      case '"' -> string();
      case 't', 'f', 'n' -> word(from);
      default -> number(from);
    }
  }

  /** A container with nothing but what text makes is itself such a text. */
  private void container(int depth, String function, char end) {
    if (depth > DEEPEST) {
      throw new IndexOutOfBoundsException(position);
    }
    int from = position++;
    int sqlBefore = sql.length();
    int partsBefore = parts.size();
    int literalsBefore = literals;
    sql.append(function);
    skip();
    for (boolean first = true; text[position] != end; first = false) {
      if (!first) {
        position++;
        skip();
        sql.append(',');
      }
      if (end == '}') {
        key();
      }
      value(depth + 1);
      skip();
    }
    position++;
    sql.append(')');
    if (literals == literalsBefore) {
      sql.setLength(sqlBefore);
      parts.subList(partsBefore, parts.size()).clear();
      cast(from);
    }
  }

  private void key() {
    string();
    sql.append(',');
    skip();
    position++;
    skip();
  }

  private void string() {
    int from = ++position;
    while (text[position] != '"') {
      position += text[position] == '\\' ? 2 : 1;
    }
    sql.append(TEXT);
    parts.add(new int[] {-from, position++});
  }

  private void word(int from) {
    position += text[from] == 'f' ? 5 : 4;
    sql.append(new String(text, from, position - from, StandardCharsets.ISO_8859_1));
  }

  private void number(int from) {
    position = JsonText.numberEnd(text, from, text.length);
    String number = new String(text, from, position - from, StandardCharsets.ISO_8859_1);
    if (!NUMBER.matcher(number).matches()) {
      throw new NumberFormatException(number);
    }
    String literal = JsonNumber.literal(text, from, position, reading);
    if (literal != null) {
      literals++;
      sql.append(literal);
    } else if (number.indexOf('e') >= 0) {
      sql.append(number);
    } else if (number.indexOf('.') >= 0) {
      sql.append(number).append("e0");
    } else if (number.length() <= SURE_DIGITS) {
      sql.append(number);
    } else {
      cast(from);
    }
  }

  private void cast(int from) {
    sql.append("CAST(").append(TEXT).append(" AS JSON)");
    parts.add(new int[] {from, position});
  }

  private void skip() {
    while (text[position] == ' ') {
      position++;
    }
  }
}
