package dev.foldback.engine.mysql.connect;

import java.util.ArrayList;
import java.util.List;

/** The session variables that every connection sets, so that no server default changes a backup. */
final class Session {
  private Session() {}

  /** The text after {@code SET}. */
  static String standard(Flavor flavor) {
    List<String> set = new ArrayList<>();
    set.add("time_zone='+00:00'");
    set.add("sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
    // Reading may pause for long: for the store, or to spare the server.
    set.add("wait_timeout=86400");
    set.add("net_read_timeout=86400");
    set.add("net_write_timeout=86400");
    set.add("lock_wait_timeout=60");
    set.add("sql_quote_show_create=1");
    set.add("sql_select_limit=DEFAULT");
    set.add("sql_big_selects=1");
    if (flavor.mariaDb()) {
      set.add("max_statement_time=0");
      // A reader may have nothing to read for long, and its transaction can't be had again.
      set.add("idle_transaction_timeout=0");
      set.add("idle_readonly_transaction_timeout=0");
      set.add("idle_write_transaction_timeout=0");
      set.add("tx_isolation='REPEATABLE-READ'");
    } else {
      set.add("max_execution_time=0");
      set.add("transaction_isolation='REPEATABLE-READ'");
    }
    return String.join(",", set);
  }
}
