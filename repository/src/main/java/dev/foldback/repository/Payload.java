package dev.foldback.repository;

/** The frames of one object: the first {@code length} bytes. */
final class Payload {
  private final byte[] bytes;
  private final int length;

  Payload(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
