package dev.foldback.core.engine;

import java.util.Set;

/** A family of database servers. Stateless and safe for several threads. */
public interface DatabaseEngine {

  /** The URL schemes that name this engine, such as {@code mysql} and {@code mariadb}. */
  Set<String> schemes();

  /** Connects to a server that is to be backed up. Reads only. */
  SourceServer openSource(Endpoint endpoint);

  /** Connects to a server that is to be written to. Writes nothing yet. */
  TargetServer openTarget(Endpoint endpoint);
}
