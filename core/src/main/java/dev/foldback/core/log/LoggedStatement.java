package dev.foldback.core.log;

import java.util.Map;

/**
 * A statement that the log holds as text, such as DDL.
 *
 * @param at the place of its event
 * @param schema the default schema it ran in; empty for none
 * @param sql its text
 * @param context what it ran under, by names such as {@code sql_mode}, {@code time_zone}, {@code
 *     character_set_client}, {@code timestamp}; only what the log tells
 */
public record LoggedStatement(LogPlace at, String schema, String sql, Map<String, String> context) {
  public LoggedStatement {
    context = Map.copyOf(context);
  }
}
