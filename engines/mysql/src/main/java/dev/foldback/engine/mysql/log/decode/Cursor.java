package dev.foldback.engine.mysql.log.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A moving place in an event's bytes. Reads past the array's end throw IndexOutOfBoundsException,
 * which whoever knows the place turns into an error about the log; {@link #at} past {@link #end}
 * shows the same.
 */
final class Cursor {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes = new byte[0];
  int at;
  int end;

  void set(byte[] array, int from, int to) {
    bytes = array;
    at = from;
    end = to;
  }

  int left() {
    return end - at;
  }

  int u8() {
    return bytes[at++] & 0xFF;
  }

  int u16() {
    int value = (short) SHORT.get(bytes, at) & 0xFFFF;
    at += 2;
    return value;
  }

  int u24() {
    int value = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    at += 3;
    return value;
  }

  int i32() {
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  long u32() {
    return i32() & 0xFFFFFFFFL;
  }

  long i64() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  /** Of up to eight bytes, the lowest first. */
  long little(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[at + i] & 0xFFL) << (8 * i);
    }
    at += size;
    return value;
  }

  /** Of up to eight bytes, the highest first. */
  long big(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (bytes[at + i] & 0xFF);
    }
    at += size;
    return value;
  }

  /** An integer behind its length, as the client protocol has them. */
  long packed() {
    int first = u8();
    return switch (first) {
      case 252 -> u16();
      case 253 -> u24();
      case 254 -> i64();
      default -> first;
    };
  }

  /** Moves past {@code size} bytes and returns where they began. */
  int take(long size) {
    if (size < 0 || size > left()) {
      throw new IndexOutOfBoundsException(size + " bytes of " + left());
    }
    int from = at;
    at += (int) size;
    return from;
  }

  String text(int size) {
    int from = take(size);
    return new String(bytes, from, size, StandardCharsets.UTF_8);
  }

  byte[] copy(int size) {
    int from = Objects.checkIndex(at, bytes.length + 1);
    take(size);
    return java.util.Arrays.copyOfRange(bytes, from, from + size);
  }
}
