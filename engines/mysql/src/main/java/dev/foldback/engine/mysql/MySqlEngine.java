package dev.foldback.engine.mysql;

import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.SourceServer;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.engine.mysql.load.MySqlTarget;
import dev.foldback.engine.mysql.source.MySqlSource;
import java.util.Set;

/** MySQL, Percona Server and MariaDB. */
public final class MySqlEngine implements DatabaseEngine {

  @Override
  public Set<String> schemes() {
    return Set.of("mysql", "mariadb");
  }

  @Override
  public SourceServer openSource(Endpoint endpoint) {
    return MySqlSource.open(endpoint);
  }

  @Override
  public TargetServer openTarget(Endpoint endpoint) {
    return MySqlTarget.open(endpoint);
  }
}
