package dev.foldback.engine.mysql.log.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What a statement of the log ran under: the status variables of its event, by the names of the
 * session variables where there is one. Character sets and collations come as the numbers that
 * servers take for them.
 */
final class StatusVariables {
  /** {@code OPTION_AUTO_IS_NULL}, {@code OPTION_NOT_AUTOCOMMIT} and so on in flags2. */
  private static final long AUTO_IS_NULL = 1L << 14;

  private static final long NOT_AUTOCOMMIT = 1L << 19;
  private static final long NO_FOREIGN_KEY_CHECKS = 1L << 26;
  private static final long RELAXED_UNIQUE_CHECKS = 1L << 27;
  private static final long EXPLICIT_DEFAULTS = 1L << 24;
  private static final long IF_EXISTS = 1L << 28;
  private static final int MANY_SCHEMAS = 254;

  private final Cursor in = new Cursor();
  private final boolean mariaDb;
  private final Map<String, String> found = new LinkedHashMap<>();

  private StatusVariables(boolean mariaDb) {
    this.mariaDb = mariaDb;
  }

  static Map<String, String> of(byte[] variables, boolean mariaDb) {
    StatusVariables all = new StatusVariables(mariaDb);
    all.in.set(variables, 0, variables.length);
    while (all.in.left() > 0 && all.one(all.in.u8())) {
      // The next follows.
    }
    return all.found;
  }

  /** False for an unknown one: its length is not known, so what follows is not either. */
  private boolean one(int code) {
    switch (code) {
      case 0 -> flags(in.u32());
      case 1 -> found.put("sql_mode", SqlModes.names(in.i64(), mariaDb));
      case 2 -> in.take(in.u8() + 1L);
      case 3 -> {
        number("auto_increment_increment", in.u16());
        number("auto_increment_offset", in.u16());
      }
      case 4 -> {
        number("character_set_client", in.u16());
        number("collation_connection", in.u16());
        number("collation_server", in.u16());
      }
      case 5 -> found.put("time_zone", in.text(in.u8()));
      case 6 -> in.take(in.u8());
      case 7 -> number("lc_time_names", in.u16());
      case 8 -> number("collation_database", in.u16());
      case 9, 14, 15, 17, 129 -> in.take(8);
      case 10 -> in.take(4);
      case 11 -> {
        found.put("invoker_user", in.text(in.u8()));
        found.put("invoker_host", in.text(in.u8()));
      }
      case 12 -> schemas();
      case 13, 128 -> number("microseconds", in.u24());
      case 16 -> number("explicit_defaults_for_timestamp", in.u8());
      case 18 -> number("default_collation_for_utf8mb4", in.u16());
      case 19 -> number("sql_require_primary_key", in.u8());
      case 20 -> number("default_table_encryption", in.u8());
      case 130 -> {
        int stage = in.u8();
        in.take((stage & 12) == 0 ? 0 : 8);
      }
      case 131 -> collations();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void flags(long flags) {
    number("foreign_key_checks", (flags & NO_FOREIGN_KEY_CHECKS) == 0 ? 1 : 0);
    number("unique_checks", (flags & RELAXED_UNIQUE_CHECKS) == 0 ? 1 : 0);
    number("sql_auto_is_null", (flags & AUTO_IS_NULL) != 0 ? 1 : 0);
    number("autocommit", (flags & NOT_AUTOCOMMIT) == 0 ? 1 : 0);
    if (mariaDb) {
      number("sql_if_exists", (flags & IF_EXISTS) != 0 ? 1 : 0);
      number("explicit_defaults_for_timestamp", (flags & EXPLICIT_DEFAULTS) != 0 ? 1 : 0);
    }
  }

  /** Pairs of a character set, by its first collation, and the one that it has by default. */
  private void collations() {
    StringJoiner all = new StringJoiner(",");
    for (int count = in.u8(); count > 0; count--) {
      in.take(2);
      all.add(Integer.toString(in.u16()));
    }
    found.put("character_set_collations", all.toString());
  }

  private void schemas() {
    int count = in.u8();
    for (int i = 0; count != MANY_SCHEMAS && i < count; i++) {
      while (in.u8() != 0) {
        // Up to its end.
      }
    }
  }

  private void number(String name, long value) {
    found.put(name, Long.toString(value));
  }
}
