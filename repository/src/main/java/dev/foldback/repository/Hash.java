package dev.foldback.repository;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hexadecimal. */
final class Hash {
  static final int BYTES = 32;

  private static final HexFormat HEX = HexFormat.of();

  private Hash() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  static String of(byte[] bytes, int length) {
    return HEX.formatHex(sha256(bytes, length));
  }

  /** The hash of the first bytes. */
  static byte[] sha256(byte[] bytes, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, length);
    return digest.digest();
  }

  static String hex(byte[] hash) {
    return HEX.formatHex(hash);
  }

  static String hex(byte[] bytes, int from) {
    return HEX.formatHex(bytes, from, from + BYTES);
  }

  /** 64 lower-case hexadecimal digits, nothing else. */
  static boolean isHex(String text) {
    if (text.length() != 2 * BYTES) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static byte[] parse(String hex) {
    return HEX.parseHex(hex);
  }
}
