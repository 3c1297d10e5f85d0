package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.log.Equality;
import dev.foldback.engine.mysql.ddl.Collation.Blanks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How texts of a column are compared.
 *
 * @param type {@code char} or {@code varchar}: a key between both may write blanks at the end
 */
record TextEquality(String type, Collation collation) implements Equality {

  @Override
  public boolean isWhole() {
    return collation.binary() && blanks() != Blanks.UNSURE;
  }

  /** The server gives CHAR without the blanks that fill it. */
  private Blanks blanks() {
    return type.equals("char") ? Blanks.IGNORED : collation.blanks();
  }

  @Override
  public byte @Nullable [] form(byte[] values, int from, int to) {
    int end = to;
    while (end > from && values[end - 1] == ' ' && blanks() != Blanks.COUNT) {
      end--;
    }
    if (end < to && blanks() == Blanks.UNSURE) {
      return null;
    }
    byte[] form = Arrays.copyOfRange(values, from, end);
    for (int i = 0; i < form.length && !collation.binary(); i++) {
      byte b = form[i];
      if (b < ' ' || b > '~' || b == '\\') {
        return null;
      }
      if (collation.caseless() && b >= 'A' && b <= 'Z') {
        form[i] = (byte) (b + 'a' - 'A');
      }
    }
    return form;
  }
}
