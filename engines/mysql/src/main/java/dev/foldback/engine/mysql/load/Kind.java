package dev.foldback.engine.mysql.load;

import dev.foldback.core.TableName;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.catalog.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of objects of the catalogue, and where their names live. */
final class Kind {
  static final String SCHEMA = "schema";
  static final String TABLESPACE = "tablespace";
  static final String SERVER = "server";
  static final String REFERENCE_SYSTEM = "spatial reference system";
  static final String RESOURCE_GROUP = "resource group";
  static final String TABLE = "table";
  static final String VIEW = "view";
  static final String SEQUENCE = "sequence";
  static final String TRIGGER = "trigger";
  static final String EVENT = "event";
  static final String HISTOGRAM = "histogram";
  static final String USER = "user";
  static final String ROLE = "role";

  private static final Map<String, Space> SPACES =
      Map.ofEntries(
          Map.entry(TABLE, Space.TABLE),
          Map.entry(VIEW, Space.TABLE),
          Map.entry(SEQUENCE, Space.TABLE),
          Map.entry("function", Space.PROGRAM),
          Map.entry("procedure", Space.PROGRAM),
          Map.entry("package", Space.PROGRAM),
          Map.entry("package body", Space.PROGRAM),
          Map.entry("library", Space.PROGRAM),
          Map.entry(TRIGGER, Space.PROGRAM),
          Map.entry(EVENT, Space.PROGRAM),
          Map.entry(USER, Space.ACCOUNT),
          Map.entry(ROLE, Space.ACCOUNT));

  /** Kinds whose objects belong to one table and go with it. */
  private static final Set<String> ON_TABLE = Set.of(TRIGGER, HISTOGRAM);

  /** Which names exclude each other. */
  enum Space {
    TABLE,
    PROGRAM,
    ACCOUNT,
    OTHER
  }

  private Kind() {}

  static Space space(String kind) {
    return SPACES.getOrDefault(kind, Space.OTHER);
  }

  static boolean isOnTable(SchemaObject object) {
    return ON_TABLE.contains(object.kind());
  }

  /** The table that a trigger or histogram belongs to, under its old name. */
  static TableName table(SchemaObject object) {
    return new TableName(
        object.schema(), object.context().getOrDefault(Context.TABLE, object.name()));
  }

  /** Where the object goes. Only tables, views and sequences can have another name of their own. */
  static TableName target(SchemaObject object, Renames renames) {
    TableName name = new TableName(object.schema(), object.name());
    if (space(object.kind()) == Space.TABLE) {
      return renames.table(name);
    }
    return new TableName(
        isOnTable(object) ? renames.table(table(object)).schema() : renames.schema(object.schema()),
        object.name());
  }

  static RestoreNote.Entry entry(SchemaObject object, Renames renames) {
    TableName target = target(object, renames);
    return new RestoreNote.Entry(object.kind(), target.schema(), target.table());
  }

  /** The account that a right or default role belongs to; empty for other objects. */
  static Optional<String> owner(SchemaObject object) {
    boolean owned =
        space(object.kind()) == Space.OTHER
            && object.context().containsKey(Context.USER)
            && object.context().containsKey(Context.HOST);
    return owned ? Optional.of(account(object)) : Optional.empty();
  }

  /** The account as {@code 'user'@'host'}. */
  static String account(SchemaObject object) {
    String user = object.context().get(Context.USER);
    String host = object.context().get(Context.HOST);
    return user == null || host == null ? object.name() : quote(user) + "@" + quote(host);
  }

  static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
