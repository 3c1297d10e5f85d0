package dev.foldback.testkit.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A multiset of lines, of which long ones are kept by their beginning and their hash. */
final class Bag {
  private static final int KEPT = 300;
  private static final int SHOWN = 20;

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String line) {
    String kept = line.length() <= KEPT ? line : line.substring(0, KEPT) + "… #" + hash(line);
    counts.merge(kept, 1, Integer::sum);
  }

  /** One text a difference, with {@code what} before it. */
  List<String> differences(String what, Bag right) {
    Map<String, Integer> left = new TreeMap<>(counts);
    right.counts.forEach((line, count) -> left.merge(line, -count, Integer::sum));
    List<String> found = new ArrayList<>();
    left.forEach(
        (line, surplus) -> {
          if (surplus != 0) {
            String side = surplus > 0 ? "only left" : "only right";
            String times = Math.abs(surplus) == 1 ? "" : " (" + Math.abs(surplus) + " times)";
            found.add(what + " " + side + times + ": " + line);
          }
        });
    if (found.size() <= SHOWN) {
      return found;
    }
    List<String> shown = new ArrayList<>(found.subList(0, SHOWN));
    shown.add(what + ": " + (found.size() - SHOWN) + " more differences");
    return shown;
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String line) {
    return HexFormat.of().formatHex(sha256(line), 0, 8);
  }
}
