package dev.foldback.engine.mysql.load;

import dev.foldback.engine.mysql.connect.Flavor;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Every collation by every name that the server takes for it. */
final class TargetCollations {
  private TargetCollations() {}

  static Set<String> read(Db db, Flavor flavor) throws SQLException {
    Set<String> names =
        new HashSet<>(db.column("SELECT COLLATION_NAME FROM information_schema.COLLATIONS"));
    if (flavor.mariaDbAtLeast(10, 10, 1)) {
      names.addAll(
          db.column(
              "SELECT FULL_COLLATION_NAME FROM"
                  + " information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"));
    }
    // The server takes utf8 for utf8mb3.
    for (String name : Set.copyOf(names)) {
      if (name.startsWith("utf8_")) {
        names.add("utf8mb3_" + name.substring(5));
      } else if (name.startsWith("utf8mb3_")) {
        names.add("utf8_" + name.substring(8));
      }
    }
    return names;
  }
}
