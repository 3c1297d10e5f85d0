package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.log.Equality;
import java.util.Arrays;

/**
 * Values that are equal where their bytes in frames are.
 *
 * @param type what values have in common that are written alike
 */
record ByteEquality(String type) implements Equality {

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public byte[] form(byte[] values, int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }
}
