package dev.foldback.core.engine;

import java.util.Map;

/**
 * What a server says of itself.
 *
 * @param family {@code mysql} or {@code mariadb}
 * @param version as the server prints it, such as {@code 11.4.5-MariaDB}
 * @param id stable across restarts and different for each server: {@code server_uuid}, or another
 *     stable mark where the server has none
 * @param settings those that matter for reading a backup later, such as {@code
 *     lower_case_table_names}
 */
public record ServerInfo(String family, String version, String id, Map<String, String> settings) {
  public ServerInfo {
    settings = Map.copyOf(settings);
  }

  /** Whether names of schemas and tables that differ by case alone are one name there. */
  public boolean ignoresCase() {
    return !settings.getOrDefault("lower_case_table_names", "0").equals("0");
  }
}
