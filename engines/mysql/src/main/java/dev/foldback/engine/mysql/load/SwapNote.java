package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.OwnSchemas;
import dev.foldback.engine.mysql.connect.Sql;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the server knows of a swap: written before the first change, so that whoever comes after a
 * kill can bring it to its end or take it back; afterwards it says what is kept. In tables of a
 * schema that goes with the last of them.
 *
 * @param state how far it is
 * @param at when it was noted, as seconds since 1970 by the server's clock
 */
record SwapNote(Swap swap, State state, long at) {
  private static final String SWAPS = Sql.name(OwnSchemas.KEPT, "swap");
  private static final String PARTS = Sql.name(OwnSchemas.KEPT, "part");
  private static final String ASIDE = "aside";
  private static final String IN = "in";
  private static final String FOUND = "found";
  private static final String WANTED = "wanted";
  private static final String LINK = "link";
  private static final String CORRECTION = "correction";

  /** How far a swap is. */
  enum State {
    /** Under way, or cut off. */
    BEGUN,
    /** Done; what it put aside is kept. */
    KEPT
  }

  static void begin(Db db, Swap swap) throws SQLException {
    db.run("CREATE DATABASE IF NOT EXISTS " + Sql.name(OwnSchemas.KEPT));
    db.run(
        "CREATE TABLE IF NOT EXISTS "
            + PARTS
            + " (number int NOT NULL AUTO_INCREMENT PRIMARY KEY, swap varchar(64) NOT NULL,"
            + " role varchar(16) NOT NULL, kind varchar(255) NOT NULL,"
            + " in_schema varchar(255) NOT NULL, name varchar(512) NOT NULL,"
            + " other_schema varchar(255) NOT NULL, other_name varchar(512) NOT NULL,"
            + " definition longtext NOT NULL, context longtext NOT NULL) ENGINE=InnoDB"
            + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    db.run(
        "CREATE TABLE IF NOT EXISTS "
            + SWAPS
            + " (id varchar(64) NOT NULL PRIMARY KEY, ends varchar(64) NOT NULL,"
            + " what text NOT NULL, family varchar(16) NOT NULL, state varchar(16) NOT NULL,"
            + " at bigint NOT NULL) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4"
            + " COLLATE utf8mb4_bin COMMENT='What restores in place put aside. See foldback"
            + " release.'");
    db.run("START TRANSACTION");
    try {
      parts(db, swap);
      db.run("COMMIT");
    } catch (SQLException e) {
      rollBack(db, e);
      throw e;
    }
  }

  private static void rollBack(Db db, SQLException cause) {
    try {
      db.run("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void parts(Db db, Swap swap) throws SQLException {
    for (Swap.Move move : swap.aside()) {
      part(db, swap, ASIDE, Part.of(move));
    }
    for (Swap.Move move : swap.in()) {
      part(db, swap, IN, Part.of(move));
    }
    for (SchemaObject object : swap.found()) {
      part(db, swap, FOUND, Part.of(object));
    }
    for (SchemaObject object : swap.wanted()) {
      part(db, swap, WANTED, Part.of(object));
    }
    for (Swap.Link link : swap.links()) {
      TableName name = new TableName("", link.name());
      part(db, swap, LINK, new Part(link.index(), link.child(), name, link.drop(), link.add()));
    }
    for (String correction : swap.corrections()) {
      part(db, swap, CORRECTION, new Part("", Part.NONE, Part.NONE, correction, ""));
    }
    db.run(
        "INSERT INTO "
            + SWAPS
            + " VALUES ("
            + texts(swap.id(), swap.ends(), swap.what(), swap.family(), State.BEGUN.name())
            + ", UNIX_TIMESTAMP())");
  }

  private record Part(
      String kind, TableName name, TableName other, String definition, String context) {
    private static final TableName NONE = new TableName("", "");

    private static final String APART = "apart";

    static Part of(Swap.Move move) {
      return new Part(move.apart() ? APART : "", move.from(), move.to(), "", "");
    }

    static Part of(SchemaObject object) {
      return new Part(
          object.kind(),
          new TableName(object.schema(), object.name()),
          NONE,
          object.definition(),
          object.context().entrySet().stream()
              .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
              .sorted()
              .collect(Collectors.joining("&")));
    }

    SchemaObject object() {
      Map<String, String> values = new HashMap<>();
      for (String entry : context.split("&", -1)) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          values.put(decoded(entry.substring(0, equals)), decoded(entry.substring(equals + 1)));
        }
      }
      return new SchemaObject(kind, name.schema(), name.table(), definition, values);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  private static void part(Db db, Swap swap, String role, Part part) throws SQLException {
    db.run(
        "INSERT INTO "
            + PARTS
            + " (swap, role, kind, in_schema, name, other_schema, other_name, definition, context)"
            + " VALUES ("
            + texts(
                swap.id(),
                role,
                part.kind(),
                part.name().schema(),
                part.name().table(),
                part.other().schema(),
                part.other().table(),
                part.definition(),
                part.context())
            + ")");
  }

  private static String texts(String... values) {
    return List.of(values).stream().map(Sql::text).collect(Collectors.joining(", "));
  }

  /** Those that the server has, oldest first. */
  static List<SwapNote> all(Db db) throws SQLException {
    if (!db.has("TABLE", new TableName(OwnSchemas.KEPT, "swap"))
        || !db.has("TABLE", new TableName(OwnSchemas.KEPT, "part"))) {
      return List.of();
    }
    Map<String, Map<String, List<Part>>> parts = new HashMap<>();
    for (List<String> row :
        db.rows(
            "SELECT swap, role, kind, in_schema, name, other_schema, other_name, definition,"
                + " context FROM "
                + PARTS
                + " ORDER BY number")) {
      Part part =
          new Part(
              row.get(2),
              new TableName(row.get(3), row.get(4)),
              new TableName(row.get(5), row.get(6)),
              row.get(7),
              row.get(8));
      parts
          .computeIfAbsent(row.get(0), _ -> new LinkedHashMap<>())
          .computeIfAbsent(row.get(1), _ -> new ArrayList<>())
          .add(part);
    }
    List<SwapNote> notes = new ArrayList<>();
    for (List<String> row :
        db.rows("SELECT id, ends, what, family, state, at FROM " + SWAPS + " ORDER BY at, id")) {
      Map<String, List<Part>> own = parts.getOrDefault(row.get(0), Map.of());
      Swap swap =
          new Swap(
              row.get(0),
              row.get(1),
              row.get(2),
              row.get(3),
              moves(own, ASIDE),
              moves(own, IN),
              own.getOrDefault(FOUND, List.of()).stream().map(Part::object).toList(),
              own.getOrDefault(WANTED, List.of()).stream().map(Part::object).toList(),
              own.getOrDefault(LINK, List.of()).stream()
                  .map(
                      p ->
                          new Swap.Link(
                              p.name(), p.other().table(), p.definition(), p.context(), p.kind()))
                  .toList(),
              own.getOrDefault(CORRECTION, List.of()).stream().map(Part::definition).toList());
      notes.add(new SwapNote(swap, State.valueOf(row.get(4)), Long.parseLong(row.get(5))));
    }
    return notes;
  }

  private static List<Swap.Move> moves(Map<String, List<Part>> parts, String role) {
    return parts.getOrDefault(role, List.of()).stream()
        .map(p -> new Swap.Move(p.name(), p.other(), p.kind().equals(Part.APART)))
        .toList();
  }

  static Optional<SwapNote> find(Db db, String id) throws SQLException {
    return all(db).stream().filter(n -> n.swap().id().equals(id)).findFirst();
  }

  /** The swap is done. */
  static void kept(Db db, String id) throws SQLException {
    db.run("UPDATE " + SWAPS + " SET state='" + State.KEPT + "' WHERE id=" + Sql.text(id));
  }

  /** Forgets it; the schema goes with the last. */
  static void remove(Db db, String id) throws SQLException {
    db.run("DELETE FROM " + SWAPS + " WHERE id=" + Sql.text(id));
    tidy(db);
  }

  /** Takes away what a run left that was killed before it had noted, or after it had forgotten. */
  static void tidy(Db db) throws SQLException {
    if (db.column("SHOW DATABASES LIKE 'foldback\\_kept'").isEmpty()) {
      return;
    }
    boolean swaps = db.has("TABLE", new TableName(OwnSchemas.KEPT, "swap"));
    boolean parts = db.has("TABLE", new TableName(OwnSchemas.KEPT, "part"));
    if (swaps && parts) {
      db.run("DELETE FROM " + PARTS + " WHERE swap NOT IN (SELECT id FROM " + SWAPS + ")");
    }
    if (swaps && !db.value("SELECT COUNT(*) FROM " + SWAPS).equals("0")) {
      return;
    }
    String others =
        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA="
            + Sql.text(OwnSchemas.KEPT)
            + " AND TABLE_NAME NOT IN ('swap', 'part')";
    if (db.value(others).equals("0")) {
      db.run("DROP DATABASE IF EXISTS " + Sql.name(OwnSchemas.KEPT));
    }
  }
}
