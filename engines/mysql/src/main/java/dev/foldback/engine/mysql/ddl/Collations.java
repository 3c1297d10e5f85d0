package dev.foldback.engine.mysql.ddl;

import java.util.ArrayList;
import java.util.List;

/** Collations of one family and their nearest in the other, best first. */
final class Collations {
  private Collations() {}

  static List<String> near(String collation) {
    List<String> near = new ArrayList<>();
    if (collation.startsWith("utf8mb4_0900_") || collation.contains("_0900_")) {
      boolean accents = collation.endsWith("_as_cs") || collation.endsWith("_as_ci");
      boolean cases = collation.endsWith("_as_cs");
      if (collation.endsWith("_bin")) {
        near.add("utf8mb4_nopad_bin");
      } else {
        String end = (accents ? "_as" : "_ai") + (cases ? "_cs" : "_ci");
        near.add("utf8mb4_uca1400_nopad" + end);
        near.add("uca1400_nopad" + end);
        near.add("utf8mb4_unicode_520_nopad_ci");
      }
    }
    if (collation.contains("uca1400")) {
      String end = collation.substring(collation.length() - 6);
      near.add("utf8mb4_0900" + (end.startsWith("_a") ? end : "_ai_ci"));
    }
    if (collation.startsWith("utf8mb3_")) {
      near.add("utf8_" + collation.substring(8));
    }
    if (collation.startsWith("utf8_")) {
      near.add("utf8mb3_" + collation.substring(5));
    }
    return near;
  }
}
